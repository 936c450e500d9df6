"""Addresses that may be connected to."""

import anyio
import pytest

from tasks.harvesting.addresses import AddressForbidden, AllowedHosts, AllowedHostUnreadable, addresses_of

FORBIDDEN = (
    "127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.100.100.200", "169.254.169.254", "168.63.129.16", "224.0.0.1",
    "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "2001:0:7f00:1::", "::10.0.0.1",
)  # fmt: skip


def found(host: str, *answers: list[str], allowed: AllowedHosts | None = None) -> list[list[str]]:
    """What `host` may be connected to, at each answer of a name server."""
    given = allowed or AllowedHosts()

    async def ask() -> list[list[str]]:
        left = iter(answers)

        async def resolve(_host: str, _port: int) -> list[str]:
            return next(left)

        return [await addresses_of(host, 80, given, resolve) for _answer in answers]

    return anyio.run(ask)


@pytest.mark.parametrize("address", FORBIDDEN)
def test_an_address_that_is_not_public_is_forbidden_in_every_form_that_it_has(address: str):
    with pytest.raises(AddressForbidden):
        found("news.example", [address])


def test_a_public_address_is_given_as_it_is():
    assert found("news.example", ["93.184.216.34", "2606:2800:220:1::1"]) == [["93.184.216.34", "2606:2800:220:1::1"]]


def test_one_forbidden_address_among_public_ones_forbids_the_name():
    with pytest.raises(AddressForbidden, match=r"127\.0\.0\.1"):
        found("news.example", ["93.184.216.34", "127.0.0.1"])


def test_a_name_that_is_public_first_and_then_inside_is_forbidden_from_then_on():
    with pytest.raises(AddressForbidden):
        found("news.example", ["93.184.216.34"], ["127.0.0.1"])


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "localhost"])
def test_a_spelling_that_the_system_takes_for_loopback_is_forbidden(host: str):
    from tasks.harvesting.addresses import ask_system

    with pytest.raises(AddressForbidden):
        anyio.run(addresses_of, host, 80, AllowedHosts(), ask_system)


def test_an_allowed_host_is_kept_to_the_addresses_it_had_at_first():
    allowed = AllowedHosts.read(["intranet.example"])
    assert found("intranet.example", ["10.0.0.7"], allowed=allowed) == [["10.0.0.7"]]
    with pytest.raises(AddressForbidden):
        found("intranet.example", ["10.0.0.8"], allowed=allowed)


def test_an_allowed_host_with_an_address_is_asked_of_no_name_server_and_opens_no_other_host():
    allowed = AllowedHosts.read(["intranet.example=10.0.0.7"])
    assert found("intranet.example", ["10.9.9.9"], allowed=allowed) == [["10.0.0.7"]]
    with pytest.raises(AddressForbidden):
        found("news.example", ["10.0.0.7"], allowed=allowed)


def test_an_entry_that_names_no_address_where_it_should_says_so():
    with pytest.raises(AllowedHostUnreadable, match="expected NAME=ADDRESS"):
        AllowedHosts.read(["intranet.example=here"])

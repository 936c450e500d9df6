"""Which addresses may be connected to. What a page or a name server says never leads into this machine or its network."""

import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field

import anyio

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Awaitable[list[str]]]  # host, port -> addresses; raises OSError where there are none

# Prefixes that carry an IPv4 address, and the bit that it ends at: RFC 6052 and 8215 (NAT64), RFC 3056 (6to4), RFC 4291 (compatible).
CARRIERS = (
    (ipaddress.IPv6Network("64:ff9b::/96"), 0),
    (ipaddress.IPv6Network("64:ff9b:1::/48"), 0),
    (ipaddress.IPv6Network("2002::/16"), 80),
    (ipaddress.IPv6Network("::/96"), 0),
)
# Metadata services at addresses that look public; all others are link-local or private. Azure: 168.63.129.16.
METADATA = frozenset({ipaddress.IPv4Address("168.63.129.16")})
NAMED = re.compile(r"(?P<host>[^=\s]+)(?:=(?P<addresses>\S+))?")


class AddressForbidden(Exception):
    """A name leads to an address that is not of the public internet, or to other ones than before."""


class AllowedHostUnreadable(ValueError):
    """An entry of the allow-list that is neither NAME nor NAME=ADDRESS."""


@dataclass(slots=True)
class AllowedHosts:
    """Hosts that may lie at addresses which are not public, such as a test host or one of the house's own network.

    Where an entry says no addresses, those of the first resolution are kept to: the name cannot lead elsewhere later.
    """

    addresses: dict[str, frozenset[IPAddress]] = field(default_factory=dict)  # by host, lower case; empty where an entry says none
    _first: dict[str, frozenset[IPAddress]] = field(default_factory=dict)  # what those resolved to at first

    @classmethod
    def read(cls, entries: Iterable[str]) -> "AllowedHosts":
        """Of entries NAME or NAME=ADDRESS[,ADDRESS]. Raises AllowedHostUnreadable."""
        hosts: dict[str, frozenset[IPAddress]] = {}
        for entry in entries:
            found = NAMED.fullmatch(entry)
            if found is None:
                raise AllowedHostUnreadable(f"expected NAME or NAME=ADDRESS, got {entry!r}")
            try:
                given = frozenset(ipaddress.ip_address(each) for each in (found["addresses"] or "").split(",") if each)
            except ValueError as error:
                raise AllowedHostUnreadable(f"expected NAME=ADDRESS with an IP address, got {entry!r}: {error}") from error
            hosts[found["host"].lower().strip("[]")] = given
        return cls(hosts)

    def known(self, host: str) -> list[str]:
        """The addresses that its entry names; then nobody else is asked."""
        return sorted(map(str, self.addresses.get(host, ())))

    def opens(self, host: str, found: frozenset[IPAddress]) -> bool:
        """Whether the entry of `host` allows all of these addresses: those it says, else those of the first time."""
        return host in self.addresses and found <= (self.addresses[host] or self._first.setdefault(host, found))


async def addresses_of(host: str, port: int, allowed: AllowedHosts, resolve: Resolver) -> list[str]:
    """The addresses of `host`, each of which may be connected to. Raises AddressForbidden, OSError where the name has none."""
    given = allowed.known(host) or await resolve(host, port)
    found = [ipaddress.ip_address(each.partition("%")[0]) for each in given]
    if not found:
        raise socket.gaierror(socket.EAI_NONAME, "the name has no address")
    if not allowed.opens(host, frozenset(found)) and (bad := [each for each in found if not is_public(each)]):
        raise AddressForbidden(f"expected {host} at a public address, it is at {', '.join(map(str, bad))}")
    return [str(each) for each in dict.fromkeys(found)]


async def ask_system(host: str, port: int) -> list[str]:
    """What the system's resolver says: IPv4 addresses first, as most of the web has them. Raises OSError."""
    found = await anyio.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for _family, *_rest, address in sorted(found, key=lambda each: each[0] != socket.AF_INET)]


def is_public(address: IPAddress) -> bool:
    """Whether it is one of the public internet, also where an IPv6 address carries an IPv4 one."""
    if address in METADATA or address.is_multicast or not address.is_global:
        return False
    return isinstance(address, ipaddress.IPv4Address) or all(map(is_public, _carried(address)))


def _carried(address: ipaddress.IPv6Address) -> Iterable[ipaddress.IPv4Address]:
    """The IPv4 addresses that an IPv6 one leads to."""
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.teredo:
        yield from address.teredo
    for network, shift in CARRIERS:
        if address in network:
            yield ipaddress.IPv4Address((int(address) >> shift) & 0xFFFFFFFF)

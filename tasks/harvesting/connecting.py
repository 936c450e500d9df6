"""How connections are made: the address that was checked is the one that is connected to, whatever the name says a moment later."""

import ssl
from collections.abc import Iterable
from typing import Any

import anyio
import httpcore

from tasks.harvesting.addresses import AddressForbidden, AllowedHosts, Resolver, addresses_of

Option = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]  # as httpcore has socket options
CONNECT_SECONDS = 15.0
KEPT_SECONDS = 90.0  # a connection waits so long for the next request of its host
PORTS_BELOW = 1024  # of these only the web's own are connected to
WEB_PORTS = (80, 443)


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Resolves a host once, checks every address, and connects to one of those: httpcore keeps host and SNI as the URL has them."""

    def __init__(self, allowed: AllowedHosts, resolve: Resolver) -> None:
        self._allowed = allowed
        self._resolve = resolve
        self._inner = httpcore.AnyIOBackend()
        self._found: dict[str, list[str] | AddressForbidden | OSError] = {}  # by host, for its next connection
        self.reached: dict[str, str] = {}  # host -> address of its last connection

    async def look_up(self, host: str, port: int) -> str | None:
        """The address that the next connection to `host` tries first; None where there is none, which that connection then raises."""
        try:
            with anyio.fail_after(CONNECT_SECONDS):
                found = await addresses_of(host, port, self._allowed, self._resolve)
        except (AddressForbidden, OSError) as error:
            self._found[host] = error
            return None
        self._found[host] = found
        return found[0]

    async def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Option] | None = None,
    ) -> httpcore.AsyncNetworkStream:  # fmt: skip
        """Raises AddressForbidden, OSError where the name has no address, and what httpcore raises."""
        if port < PORTS_BELOW and port not in WEB_PORTS:
            raise AddressForbidden(f"expected port 80, 443 or one above 1023, the URL says {port}")
        found = self._found.pop(host, None) or await addresses_of(host, port, self._allowed, self._resolve)
        if isinstance(found, AddressForbidden | OSError):
            raise found
        *others, last = found
        for address in others:
            try:
                return await self._reach(host, address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._reach(host, last, port, timeout, local_address, socket_options)

    async def _reach(self, host: str, address: str, port: int, *how: Any) -> httpcore.AsyncNetworkStream:
        self.reached[host] = address
        return await self._inner.connect_tcp(address, port, *how)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002
        socket_options: Iterable[Option] | None = None,  # noqa: ARG002
    ) -> httpcore.AsyncNetworkStream:
        """Never: no URL means one."""
        raise AddressForbidden(f"expected a host, got the socket {path}")

    async def sleep(self, seconds: float) -> None:
        await anyio.sleep(seconds)


class Connections:
    """One connection for each host that is being asked, and origin on it: a host is asked one thing at a time.

    They go through no proxy, whatever the environment says, follow no redirect and keep no cookie: httpcore has none of these.
    """

    def __init__(self, allowed: AllowedHosts, resolve: Resolver) -> None:
        self._backend = CheckedBackend(allowed, resolve)
        self._ssl = ssl.create_default_context()
        self._open: dict[str, dict[str, httpcore.AsyncHTTPConnection]] = {}

    async def send(self, host: str, request: httpcore.Request) -> httpcore.Response:
        """The answer's beginning; whoever reads the rest closes it. Raises AddressForbidden, OSError, and what httpcore raises."""
        found = await self._usable(host, request.url.origin)
        if found is None:
            found = httpcore.AsyncHTTPConnection(request.url.origin, self._ssl, KEPT_SECONDS, network_backend=self._backend)
            self._open.setdefault(host, {})[str(request.url.origin)] = found
        return await found.handle_async_request(request)

    async def address_of(self, host: str, url: str) -> str | None:
        """Where a request to `url` goes: where its open connection leads, else what its name says now, for the next connection, too. None
        where that is nowhere, which `send` then raises."""
        origin = httpcore.URL(url).origin
        name = origin.host.decode("ascii")
        if await self._usable(host, origin) is not None and name in self._backend.reached:
            return self._backend.reached[name]
        return await self._backend.look_up(name, origin.port)

    async def _usable(self, host: str, origin: httpcore.Origin) -> httpcore.AsyncHTTPConnection | None:
        """The open connection to an origin; one that has ended meanwhile is closed."""
        of_host, key = self._open.get(host, {}), str(origin)
        if (found := of_host.get(key)) is not None and (found.is_closed() or found.has_expired()):
            del of_host[key]
            await found.aclose()
            return None
        return found

    async def close(self, host: str) -> None:
        """Nothing more is asked of it for now."""
        for connection in self._open.pop(host, {}).values():
            await connection.aclose()

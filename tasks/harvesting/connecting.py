"""How connections are made: the address that was checked is the one that is connected to, whatever the name says a moment later."""

import ssl
from collections.abc import Iterable

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

    async def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Option] | None = None,
    ) -> httpcore.AsyncNetworkStream:  # fmt: skip
        """Raises AddressForbidden, OSError where the name has no address, and what httpcore raises."""
        if port < PORTS_BELOW and port not in WEB_PORTS:
            raise AddressForbidden(f"expected port 80, 443 or one above 1023, the URL says {port}")
        found = await addresses_of(host, port, self._allowed, self._resolve)
        *others, last = found
        for address in others:
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._inner.connect_tcp(last, port, timeout, local_address, socket_options)

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
        of_host, origin = self._open.setdefault(host, {}), str(request.url.origin)
        found = of_host.get(origin)
        if found is not None and (found.is_closed() or found.has_expired()):
            await found.aclose()
            found = None
        if found is None:
            found = httpcore.AsyncHTTPConnection(request.url.origin, self._ssl, KEPT_SECONDS, network_backend=self._backend)
            of_host[origin] = found
        return await found.handle_async_request(request)

    async def close(self, host: str) -> None:
        """Nothing more is asked of it for now."""
        for connection in self._open.pop(host, {}).values():
            await connection.aclose()

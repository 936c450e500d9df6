"""An event loop that runs until Ctrl-C or SIGTERM; the second one ends it at once."""

import asyncio
import os
from collections.abc import Awaitable, Callable

from flows.stop import ASKING, EXIT_CODE


def run_until_asked(serve: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """`serve` with an event that is set when it is to end. Raises what it raises."""

    async def main() -> None:
        ended, loop = asyncio.Event(), asyncio.get_running_loop()

        def ask() -> None:
            if ended.is_set():
                os._exit(EXIT_CODE)
            ended.set()

        for number in ASKING:
            loop.add_signal_handler(number, ask)
        await serve(ended)

    asyncio.run(main())

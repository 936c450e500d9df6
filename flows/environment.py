"""Whether the environment says anything of ours. Apart from settings.py, whose library takes longer to load than all else that a
run needs that finds nothing new: where no variable is set, defaults hold, and such a run asks for one of them only."""

import os
import re

PREFIX = "BROADSHEET_"
HOME = PREFIX + "HOME"  # read by the command line itself
LOCK_WAIT_SECONDS = 60.0


def is_set() -> bool:
    """Whether there is a variable that settings.py has to read, or to refuse."""
    return any(name.upper().startswith(PREFIX) and name != HOME for name in os.environ)


def without_password(text: str) -> str:
    """`text` with the user names and passwords of its addresses left out: what a message says of a server is read by others, too."""
    return re.sub(r"(?<=://)[^/@\s]+@", "", text)

"""The token that remote readers show: given by the environment or a file, or made at random."""

import secrets
import stat
from pathlib import Path

from flows.settings import read_settings
from warehouse.errors import SettingsInvalid

LEAST = 16  # characters: fewer can be tried out
OF_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def sql_token(file: Path | None) -> tuple[str, bool]:
    """The token, and whether it was made just now. Raises SettingsInvalid where it is short, or others may read its file."""
    if file is not None:
        return _long_enough(_read(file), str(file)), False
    if (given := read_settings().sql_token) is not None:
        return _long_enough(given.get_secret_value(), "BROADSHEET_SQL_TOKEN"), False
    return secrets.token_hex(24), True


def _read(file: Path) -> str:
    try:
        mode, text = file.stat().st_mode, file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsInvalid(f"expected a file with a token, came: {error}.") from error
    if mode & OF_OTHERS:
        raise SettingsInvalid(f"expected a token that nobody else can read, {file} has mode {mode & 0o777:o}: `chmod 600 {file}`.")
    return text.strip()


def _long_enough(token: str, source: str) -> str:
    if len(token) < LEAST or not token.isascii() or not token.isprintable():
        raise SettingsInvalid(
            f"expected a token of {LEAST} printable ASCII characters or more in {source}: `openssl rand -hex 24` makes one."
        )
    return token

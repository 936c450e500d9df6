"""Which source reads a file, told by its name and its first bytes: the one place where the beginning of a file is read for that."""

import os

from tasks.sources.catalogue import kind_of
from tasks.sources.file_bytes import refusal
from tasks.sources.page import FoundFile, InputFile, NotAFile, PageRef, Tally, Unreached, Unreadable
from tasks.sources.printable import printable
from tasks.sources.unpacked import head_of
from tasks.sources.unread_formats import unread_format


def recognise(found: FoundFile | Unreached, kind: str | None, passed_over: Tally) -> InputFile | Unreadable | None:
    """The file with its source, why it cannot be read, or None where it is none of ours.

    `kind` forces the source. A file in a folder that no source recognises is counted in `passed_over`; one that the user
    names is always answered for.
    """
    if isinstance(found, Unreached):
        return _answer(found, kind, passed_over)
    try:
        head = head_of(found.path)
    except OSError as error:
        return _answer(Unreached(found.path, found.uri, error, is_answered_for=found.is_named), kind, passed_over)
    known = kind or kind_of(os.path.basename(found.path), head)  # noqa: PTH119 - a str is enough
    if known is None:
        return _no_page("unknown_kind", found, kind, passed_over, is_answered_for=found.is_named)
    return InputFile(found.path, found.uri, found.size, found.mtime_ns, known)


def _answer(met: Unreached, kind: str | None, passed_over: Tally) -> Unreadable | None:
    if isinstance(met.error, NotAFile):
        return _no_page("not_a_file", met, kind, passed_over, is_answered_for=met.is_answered_for)
    name = os.path.basename(met.path)  # noqa: PTH119 - as above
    if not met.is_answered_for and kind is None and kind_of(name, b"") is None:
        passed_over[unread_format(name)[0]] += 1
        return None
    return Unreadable(_ref(met, kind), *refusal(met.path, met.error))


def _no_page(
    reason: str, found: FoundFile | Unreached, kind: str | None, passed_over: Tally, *, is_answered_for: bool
) -> Unreadable | None:
    told, hint = unread_format(os.path.basename(found.path))  # noqa: PTH119 - as above
    if not is_answered_for:
        passed_over[told if reason == "unknown_kind" else reason] += 1
        return None
    return Unreadable(_ref(found, kind), reason, f"{printable(found.path)}: {hint}")


def _ref(found: FoundFile | Unreached, kind: str | None) -> PageRef:
    guessed = kind or kind_of(os.path.basename(found.path), b"") or "html_folder"  # noqa: PTH119 - as above
    return PageRef(kind=guessed, path=found.path, uri=found.uri)

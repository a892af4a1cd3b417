"""Reading the mailbox of the data folder, where letters lie when there is no server of mail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

from service.errors import NotFound

_NAME = re.compile(r"[0-9a-f]{32}")
_LINK = re.compile(r"https?://[^\s<>]+")
MOST = 100


@dataclass(frozen=True, slots=True)
class Kept:
    """A letter in the mailbox; ``pieces`` are its text cut at links, each with whether it is one."""

    name: str
    to: str
    subject: str
    written_at: datetime
    pieces: tuple[tuple[str, bool], ...] = ()


def kept_letters(home: Path) -> list[Kept]:
    """The last letters, the newest first, without their text."""
    folder = home / "mailbox"
    files = sorted(folder.glob("*.eml"), key=lambda each: -each.stat().st_mtime_ns) if folder.is_dir() else []
    return [_read(each, whole=False) for each in files[:MOST]]


def kept_letter(home: Path, name: str) -> Kept:
    """One letter with its text. Raises NotFound."""
    path = home / "mailbox" / f"{name}.eml"
    if not _NAME.fullmatch(name) or not path.is_file():
        raise NotFound("There is no such letter.")
    return _read(path, whole=True)


def _read(path: Path, *, whole: bool) -> Kept:
    message = message_from_bytes(path.read_bytes(), policy=default)
    body = message.get_body(("plain",)) if whole else None
    text = body.get_content() if body is not None else ""
    written_at = parsedate_to_datetime(str(message["Date"]))
    return Kept(path.stem, str(message["To"]), str(message["Subject"]), written_at, tuple(_pieces(text)))


def _pieces(text: str) -> list[tuple[str, bool]]:
    found, last = [], 0
    for link in _LINK.finditer(text):
        found += [(text[last : link.start()], False), (link[0], True)]
        last = link.end()
    return [*found, (text[last:], False)]

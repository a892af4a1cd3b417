"""How much may be sent to the pages of the desk that take a file."""

from __future__ import annotations

from flask import request

from service.web.desk.bulk.spreadsheet import MOST_BYTES

MOST_TEXT = 512 * 1024
"""A form of a listing with long texts in ten languages, each letter as three signs."""

_ROOM_FOR = {"desk.spreadsheet": MOST_BYTES, "desk.edit": MOST_TEXT}


def make_room() -> None:
    """Take more than other pages do where a file is asked for; called before the request is read."""
    if request.endpoint in _ROOM_FOR:
        request.max_content_length = _ROOM_FOR[request.endpoint]

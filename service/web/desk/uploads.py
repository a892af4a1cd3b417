"""How much may be sent to the pages of the desk that take a file."""

from __future__ import annotations

from flask import request

from service.web.desk.bulk.spreadsheet import MOST_BYTES

_ROOM_FOR = {"desk.spreadsheet": MOST_BYTES}


def make_room() -> None:
    """Take more than other pages do where a file is asked for; called before the request is read."""
    if request.endpoint in _ROOM_FOR:
        request.max_content_length = _ROOM_FOR[request.endpoint]

"""Which address of the desk leads to which page: one tuple of rooms."""

from __future__ import annotations

from service.accounts.permissions import Action
from service.web.desk.door import View
from service.web.desk.me import ROOMS as ME
from service.web.desk.sign_in import ROOMS as SIGN_IN
from service.web.desk.state.pages import ROOMS as STATE

Room = tuple[str, str, View, tuple[str, ...], Action | None]
"""Path below /<lang>/desk, name (endpoint ``desk.<name>``), view, methods, and the action that one must be
allowed to do somewhere (None: everybody who is signed in)."""

ROOMS: tuple[Room, ...] = (
    *SIGN_IN,
    *ME,
    *STATE,
)

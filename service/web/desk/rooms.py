"""Which address of the desk leads to which page: one tuple of rooms."""

from __future__ import annotations

from collections.abc import Callable

from werkzeug.wrappers import Response as BaseResponse

from service.accounts.permissions import Action
from service.web.desk.audit import ROOMS as AUDIT
from service.web.desk.bulk.pages import ROOMS as BULK
from service.web.desk.composition.pages import ROOMS as COMPOSITION
from service.web.desk.door import View
from service.web.desk.editing.pages import ROOMS as EDITING
from service.web.desk.letters.mailbox import OPEN_ROOMS as MAILBOX
from service.web.desk.letters.pages import ROOMS as LETTERS
from service.web.desk.me import ROOMS as ME
from service.web.desk.my_second import ROOMS as MY_SECOND
from service.web.desk.notes.pages import ROOMS as NOTES
from service.web.desk.openid import back_from_provider, to_provider
from service.web.desk.people.pages import ROOMS as PEOPLE
from service.web.desk.second import second_page
from service.web.desk.sign_in import ROOMS as SIGN_IN
from service.web.desk.sign_in import arrive_page, link_page, sign_in_page
from service.web.desk.state.pages import ROOMS as STATE
from service.web.desk.today.pages import ROOMS as TODAY
from service.web.desk.welcome import welcome_page

Room = tuple[str, str, View, tuple[str, ...], Action | None]
"""Path below /<lang>/desk, name (endpoint ``desk.<name>``), view, methods, and the action that one must be
allowed to do somewhere (None: everybody who is signed in)."""

ROOMS: tuple[Room, ...] = (
    *SIGN_IN,
    *ME,
    *MY_SECOND,
    *PEOPLE,
    *AUDIT,
    *TODAY,
    *STATE,
    *BULK,
    *NOTES,
    *COMPOSITION,
    *LETTERS,
    *EDITING,
)

OPEN_ROOMS: tuple[tuple[str, str, Callable[..., BaseResponse], tuple[str, ...]], ...] = (
    ("/sign-in", "sign_in", sign_in_page, ("GET", "POST")),
    ("/link", "link", link_page, ("POST",)),
    ("/arrive/<token>", "arrive", arrive_page, ("GET", "POST")),
    ("/welcome/<token>", "welcome", welcome_page, ("GET", "POST")),
    ("/code", "second", second_page, ("GET", "POST")),
    ("/openid", "openid", to_provider, ("GET",)),
    ("/back", "back", back_from_provider, ("GET", "POST")),
    *MAILBOX,
)
"""Pages of the desk that one sees before one is signed in: path, name, view, methods."""

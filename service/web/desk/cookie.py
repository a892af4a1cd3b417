"""The one cookie of Nabij: of those who sign in."""

from __future__ import annotations

from werkzeug.wrappers import Response

from service.accounts.sessions import LONGEST
from service.web.desk.door import COOKIE
from service.web.site import Site


def give_cookie(site: Site, response: Response, token: str) -> Response:
    """Let the browser hold its session: no script reads it, no other site makes it travel."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=LONGEST,
        secure=site.settings.address.startswith("https://"),
        httponly=True,
        samesite="Strict",
        path="/",
    )
    return response


def take_cookie(response: Response) -> Response:
    """The browser forgets it."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="Strict")
    return response

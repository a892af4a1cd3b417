"""The pages that the link of a letter opens, without an account: still right, changed, or gone."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, redirect, request, url_for
from sqlalchemy import Engine
from werkzeug.wrappers import Response as BaseResponse

from service.catalogue.listings import Found, read_listing
from service.catalogue.tasks.corrections import LONGEST_TEXT
from service.database.session import primary_of, reading, writing
from service.desk.letters.answers import answer_gone, answer_right
from service.desk.letters.links import Item, Link, find_link
from service.desk.letters.shown import in_full, mark_of, name_of
from service.errors import NotFound
from service.web.page import page
from service.web.site import Site


@dataclass(frozen=True, slots=True)
class Opened:
    """A link that was opened at one of its listings."""

    token: str
    link: Link
    item: Item
    found: Found


def confirm_page(site: Site, lang: str, token: str) -> BaseResponse:
    """Every listing of the letter; where it is one alone, that one. Nothing changes by opening it."""
    link = open_link(site, token)
    if link is None:
        return wrong_link(site, lang)
    if len(link.items) == 1:
        return confirm_listing_page(site, lang, token, 1)
    if link.state == "expired":
        return past(site, lang, token, link)
    if request.method == "POST":
        return _all_right(site, lang, token, link)
    return _show_all(site, lang, token, link)


def confirm_listing_page(site: Site, lang: str, token: str, number: int) -> BaseResponse:
    """One listing as it stands, with three buttons; pressing the first says that it is right."""
    opened = open_item(site, lang, token, number)
    if not isinstance(opened, Opened):
        return opened
    if request.method == "POST":
        if request.form.get("mark") != mark_of(opened.found):
            return _show_one(site, lang, opened, is_new=True)
        with writing(primary_of(site.database)) as connection:
            answer_right(connection, opened.link, opened.item, site.clock())
        return to_thanks(lang, opened)
    return _show_one(site, lang, opened)


def gone_page(site: Site, lang: str, token: str, number: int) -> BaseResponse:
    """It no longer exists: a question for a coordinator."""
    opened = open_item(site, lang, token, number)
    if not isinstance(opened, Opened):
        return opened
    if request.method == "POST":
        reason = request.form.get("text", "")[:LONGEST_TEXT]
        with writing(primary_of(site.database)) as connection:
            answer_gone(connection, opened.link, opened.item, reason, site.clock())
        return to_thanks(lang, opened)
    return answer_page(site, lang, opened, "confirm/gone.html", longest=LONGEST_TEXT)


def thanks_for_answer_page(site: Site, lang: str, token: str, number: int) -> BaseResponse:
    """What was answered, how the listing looks now, and what is left."""
    link = open_link(site, token)
    item = link.item(number) if link else None
    if link is None or item is None or item.answer is None:
        return redirect(url_for("web.confirm", lang=lang, token=token), 303)
    opened = Opened(token, link, item, _found(site, item))
    return answer_page(site, lang, opened, "confirm/thanks.html", left=sum(not i.answer for i in link.items))


def open_link(site: Site, token: str) -> Link | None:
    """The link with this word; from the database that is written to, so that an answer is seen at once."""
    with reading(primary_of(site.database)) as connection:
        return find_link(connection, token, site.clock())


def open_item(site: Site, lang: str, token: str, number: int) -> Opened | BaseResponse:
    """One listing of a link, or the page that says why it cannot be answered here."""
    link = open_link(site, token)
    item = link.item(number) if link else None
    if link is None or item is None:
        return wrong_link(site, lang)
    opened = Opened(token, link, item, _found(site, item))
    if item.answer is not None or link.state != "open":
        return past(site, lang, token, link, opened)
    return opened


def answer_page(
    site: Site, lang: str, opened: Opened, template: str, http_status: int = 200, **values: object
) -> Response:
    """A page about one listing of a link; no cache keeps it."""
    return _private(
        page(
            site,
            lang,
            template,
            http_status,
            token=opened.token,
            link=opened.link,
            item=opened.item,
            listing=opened.found.listing,
            name=name_of(opened.found, lang),
            **values,
        )
    )


def to_thanks(lang: str, opened: Opened) -> BaseResponse:
    """After an answer."""
    where = url_for("web.confirm_thanks", lang=lang, token=opened.token, number=opened.item.number)
    return redirect(where, 303)


def wrong_link(site: Site, lang: str) -> Response:
    """A link that was never given out, or lost a piece on its way."""
    return _private(page(site, lang, "confirm/wrong.html", 404))


def past(site: Site, lang: str, token: str, link: Link, opened: Opened | None = None) -> Response:
    """A link that was used or is over, and how one comes to a new one."""
    answered = opened is not None and opened.item.answer is not None
    return _private(
        page(
            site,
            lang,
            "confirm/past.html",
            200 if answered else 410,
            token=token,
            link=link,
            item=opened.item if opened else None,
            name=name_of(opened.found, lang) if opened else "",
            listing=opened.found.listing if opened else None,
            masked=masked(link.recipient),
        )
    )


def masked(address: str) -> str:
    """An e-mail as its owner knows it and nobody else learns it: o…@example.be."""
    name, _at, host = address.partition("@")
    return f"{name[:1]}…@{host}"


def _show_one(site: Site, lang: str, opened: Opened, *, is_new: bool = False) -> Response:
    return answer_page(
        site,
        lang,
        opened,
        "confirm/listing.html",
        409 if is_new else 200,
        facts=list(in_full(opened.found, site.today(), lang)),
        mark=mark_of(opened.found),
        is_new=is_new,
    )


def _show_all(site: Site, lang: str, token: str, link: Link, *, is_new: bool = False) -> Response:
    rows = [(item, _found(site, item)) for item in link.items]
    shown = [
        (item, name_of(found, lang), list(in_full(found, site.today(), lang)), mark_of(found))
        for item, found in rows
    ]
    organization = rows[0][1].listing.organization.name
    left = sum(not item.answer for item in link.items)
    return _private(
        page(
            site,
            lang,
            "confirm/all.html",
            409 if is_new else 200,
            token=token,
            link=link,
            rows=shown,
            organization=organization,
            left=left,
            is_new=is_new,
        )
    )


def _all_right(site: Site, lang: str, token: str, link: Link) -> BaseResponse:
    """Everything that is still open and was shown as it stands is right."""
    left = [(item, _found(site, item)) for item in link.items if not item.answer]
    if any(request.form.get(f"mark-{item.number}") != mark_of(found) for item, found in left):
        return _show_all(site, lang, token, link, is_new=True)
    with writing(primary_of(site.database)) as connection:
        for item in (each for each, _found_then in left):
            answer_right(connection, link, item, site.clock())
    return redirect(url_for("web.confirm", lang=lang, token=token), 303)


def _found(site: Site, item: Item) -> Found:
    database: Engine = primary_of(site.database)
    with reading(database) as connection:
        found = read_listing(connection, item.listing)
    if found is None:
        raise NotFound("There is no such listing.")
    return found


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response

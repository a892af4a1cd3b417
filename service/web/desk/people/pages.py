"""The people of the desk: who they are, inviting somebody, their roles, and taking an account away."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, request, url_for
from sqlalchemy.engine import Connection
from werkzeug.wrappers import Response as BaseResponse

from service.accounts.granting import (
    add_grant,
    drop_grant,
    help_with_second,
    invite,
    invite_again,
    may_give,
    may_manage,
    people_for,
    remove,
)
from service.accounts.permissions import Action
from service.accounts.person import Person
from service.accounts.store import Account, find_account
from service.database.accounts import CLOSED, INVITED
from service.database.session import reading, writing
from service.errors import BadValue, Forbidden, NotFound
from service.i18n.locales import LOCALES
from service.mail.letter import Letter
from service.web.desk.door import Visit, desk_page
from service.web.desk.ids import id_in
from service.web.desk.letters_to_people import send_invitation
from service.web.desk.people.asked import Asked, offered_roles, offered_zones, read_asked
from service.web.desk.role_names import role_namer_of
from service.web.desk.sign_in import deliver_beside

PER_PAGE = 50


def people_page(visit: Visit) -> BaseResponse:
    """Everybody whom one may bring in, by name, looked through by words."""
    words = request.args.get("q", "")[:200]
    number = max(1, request.args.get("page", 1, type=int) or 1)
    with reading(visit.site.database) as connection:
        found = people_for(connection, visit.person, words)
        shown = found[(number - 1) * PER_PAGE : number * PER_PAGE]
        role_name = role_namer_of(connection, visit.lang, *(each.person for each in shown))
    pages = max(1, -(-len(found) // PER_PAGE))
    return desk_page(
        visit, "desk/people/people.html", people=shown, total=len(found), words=words, number=number,
        pages=pages, role_name=role_name, waits=INVITED, done=request.args.get("done"),
    )  # fmt: skip


def invite_page(visit: Visit) -> BaseResponse:
    """Bring somebody in: an e-mail, a name, a language and a role; they get a letter with a link."""
    if request.method != "POST":
        return _invite_form(visit, Asked())
    with reading(visit.site.database) as connection:
        asked = read_asked(connection, visit.person, request.form)
    if asked.fault or asked.grant is None:
        return _invite_form(visit, asked, 422)
    letter: Letter | None = None
    now = visit.site.clock()
    try:
        with writing(visit.site.database) as connection:
            person, word = invite(
                connection, visit.person, asked.email, asked.name, asked.language, asked.grant, now
            )
            if word is not None:
                letter = send_invitation(visit.site, connection, person, word, now)
    except BadValue as error:
        asked.fault = "email" if "email" in error.field else "name"
        return _invite_form(visit, asked, 422)
    if letter is not None:
        deliver_beside(visit.site, letter, now)
    done = "invited" if letter else "joined"
    return redirect(url_for("desk.person", lang=visit.lang, account_id=str(person.id), done=done), 303)


def person_page(visit: Visit, account_id: str) -> BaseResponse:
    """One person: their roles, and what one may do about them. Raises NotFound and Forbidden."""
    whom = id_in(account_id)
    if request.method != "POST":
        return _person(visit, whom)
    do = request.form.get("do", "")
    if do == "give":
        return _give(visit, whom)
    try:
        done = _do(visit, whom, do)
    except BadValue:
        return _person(visit, whom, 422, fault="last")
    if do == "remove":
        return redirect(url_for("desk.people", lang=visit.lang, done="removed"), 303)
    return redirect(url_for("desk.person", lang=visit.lang, account_id=str(whom), done=done), 303)


def _do(visit: Visit, whom: UUID, do: str) -> str:
    site, now, letter = visit.site, visit.site.clock(), None
    with writing(site.database) as connection:
        if do == "again":
            person, word = invite_again(connection, visit.person, whom, now)
            letter = send_invitation(site, connection, person, word, now)
        elif do == "take":
            _take(connection, visit, whom)
        elif do == "second":
            help_with_second(connection, visit.person, whom, now)
        elif do == "remove":
            if request.form.get("sure") != "yes":
                return "unsure"
            remove(connection, visit.person, whom, now)
        else:
            raise NotFound("There is no such thing to do.")
    if letter is not None:
        deliver_beside(site, letter, now)
    return do


def _take(connection: Connection, visit: Visit, whom: UUID) -> None:
    held = find_account(connection, whom).person.grants
    wanted = [each for each in held if each.key == request.form.get("grant")]
    if wanted:  # else it was taken away already
        drop_grant(connection, visit.person, whom, wanted[0], visit.site.clock())


def _give(visit: Visit, whom: UUID) -> BaseResponse:
    with reading(visit.site.database) as connection:
        asked = read_asked(connection, visit.person, request.form)
    if asked.fault in ("which", "role") or asked.grant is None:
        return _person(visit, whom, 422, asked=asked)
    with writing(visit.site.database) as connection:
        add_grant(connection, visit.person, whom, asked.grant, visit.site.clock())
    return redirect(url_for("desk.person", lang=visit.lang, account_id=str(whom), done="give"), 303)


def _invite_form(visit: Visit, asked: Asked, http_status: int = 200) -> BaseResponse:
    return desk_page(
        visit,
        "desk/people/invite.html",
        http_status,
        asked=asked,
        languages=[(code, each.native_name) for code, each in LOCALES.items()],
        roles=offered_roles(visit.person, visit.lang),
        zones=offered_zones(visit.person, visit.lang),
    )


def _person(
    visit: Visit, whom: UUID, http_status: int = 200, *, fault: str = "", asked: Asked | None = None
) -> BaseResponse:
    with reading(visit.site.database) as connection:
        found = _known(connection, visit.person, whom)
        held = found.person.grants
        role_name = role_namer_of(connection, visit.lang, found.person)
        takable = {each.key for each in held if may_give(connection, visit.person, each)}
        is_ours = may_manage(connection, visit.person, found)
    return desk_page(
        visit,
        "desk/people/person.html",
        http_status,
        whom=found.person,
        is_waiting=found.state == INVITED,
        has_second=found.totp is not None,
        takable=takable,
        is_ours=is_ours,
        role_name=role_name,
        asked=asked or Asked(),
        roles=offered_roles(visit.person, visit.lang),
        zones=offered_zones(visit.person, visit.lang),
        fault=fault,
        done=request.args.get("done"),
    )


def _known(connection: Connection, person: Person, whom: UUID) -> Account:
    found = find_account(connection, whom)
    if found.state == CLOSED:
        raise NotFound(f"There is no account {whom}.")
    if not person.is_administrator and not any(may_give(connection, person, g) for g in found.person.grants):
        raise Forbidden("This person has roles that are not yours to give.")
    return found


_ACTION: Action = "people"
ROOMS = (
    ("/people", "people", people_page, ("GET",), _ACTION),
    ("/people/invite", "invite", invite_page, ("GET", "POST"), _ACTION),
    ("/people/<account_id>", "person", person_page, ("GET", "POST"), _ACTION),
)

"""The facts of a service of a feed, as far as there is a field for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from importers.entry import Cell, Note, without_repeats
from importers.readers.hsds.around import Around
from importers.readers.hsds.conditions import conditions, documents
from importers.readers.hsds.home import Home
from importers.readers.hsds.schedules import in_words, read_schedules
from importers.readers.hsds.staging import Item
from importers.readers.hsds.stated import is_ours
from importers.readers.hsds.weekly import date_of
from importers.readers.hsds.words import coded, folded, language_codes
from service.model.terms import values

_NO_MONEY = re.compile(r"0+(\.0+)?")
_AGE = re.compile(r"(\d{1,3})(?:\.0+)?")
_ENTERPRISE = ("be", "kbo", "bce", "cbe")
_ITEMS = re.compile(r"\s*[,;|\n]\s*")


def listed(text: str) -> list[str]:
    """The items of a cell of HSDS 1.0, which are divided by commas."""
    return [part for part in _ITEMS.split(text.strip(" []{}")) if part]


def about_service(around: Around, home: Home, today: date, notes: list[Note]) -> Iterator[tuple[str, Cell]]:
    """Names, eligibility, ages, conditions, cost (as on ``today``) and when the source spoke."""
    service, organization = around.service, around.organization
    yield "organization.name", organization.get("name")
    yield "organization.alternate_names", without_repeats([organization.get("alternate_name")])
    yield "organization.website", organization.get("url")
    yield "organization.enterprise_number", _enterprise_number(around)
    yield home.key("service.name"), service.get("name")
    yield "service.alternate_names", without_repeats([service.get("alternate_name")])
    eligibility = around.of_service("eligibility")
    said = [service.get("eligibility_description"), *(row.get("eligibility") for row in eligibility)]
    yield "service.audience_note", "\n".join(without_repeats(said))
    for name in ("minimum_age", "maximum_age"):
        yield f"service.{name}", _age([service, *eligibility], name, notes)
    yield "service.required_documents", tuple(documents(around))
    yield from _cost(around, today)
    yield from _access(service)
    said_on = _said_on(around)
    yield "said_on", said_on
    yield from conditions(around, said_on)


def is_paused(service: Item) -> bool:
    """Whether a service says that it is closed for now, as HSDS 3 has it in its status."""
    return folded(service.get("status")) in ("temporarily closed", "suspended", "on hold", "paused")


def spoken(around: Around) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes of the languages spoken, and what is said about languages that is no code."""
    rows = [row for row in around.both("language") if not row.get("phone_id")]
    texts = [row.get("code") or row.get("name") for row in rows]
    for item in filter(None, (around.service, around.place)):
        texts += listed(item.get("language_names"))
    codes: list[str] = []
    words: list[str] = [row.get("note") for row in rows]
    for text in texts:
        found = language_codes(text)
        if found:
            codes += found
        else:
            words.append(text)
    return without_repeats(codes), without_repeats(words)


def stated_terms(around: Around) -> tuple[str, ...]:
    """The names of the terms that the service is filed under, whatever their taxonomy."""
    staging, service = around.staging, around.service
    ids = [id_ for row in around.of_service("service_taxonomy") for id_ in row.ids("taxonomy_term_id")]
    links = [
        row
        for kind in ("attribute", "link_taxonomy")
        for row in staging.children(kind, "link_id", service.id)
        if row.get("link_entity").casefold() in ("", "service", "services") and not is_ours(row)
    ]
    more = [row for row in around.of_service("attribute") if not is_ours(row)]
    ids += [row.get("taxonomy_term_id") for row in [*links, *more]]
    ids += listed(service.get("taxonomy_ids"))
    names = [term.get("name") if (term := staging.find("taxonomy_term", id_)) else "" for id_ in ids]
    words = [row.get("value") or row.get("label") for row in links if not row.get("taxonomy_term_id")]
    details = [row.get("taxonomy_detail") for row in around.of_service("service_taxonomy")]
    return without_repeats([*names, *words, *details, *listed(service.get("keywords"))])


def wheelchair(around: Around) -> tuple[str, tuple[str, ...]]:
    """Whether a wheelchair can come in, where a whole text says just that; and all that is said."""
    texts = [row.get(name) for row in around.of_place("accessibility") for name in ("description", "details")]
    if around.place is not None:
        texts += listed(around.place.get("accessibility_names"))
    codes = coded("location.wheelchair", texts)
    return codes[0] if len(codes) == 1 else "", without_repeats(texts)


def hours(around: Around, today: date, notes: list[Note]) -> Iterator[tuple[str, Cell]]:
    """Opening hours of the service, else those of the place, as OpenStreetMap writes them and in words.

    Of a service that is closed for now they stay words: nobody is to be sent there by them.
    """
    if is_paused(around.service):
        yield "service.intake", "stopped"
    for rows_of in (around.of_service, around.of_place):
        rows = rows_of("schedule")
        if not rows:
            continue
        found = read_schedules(rows, rows_of("holiday_schedule"), today)
        if found.why and found.bad:
            value = found.bad.get("original_text") or "".join(in_words([found.bad]))
            reason = f"{found.why}; the hours of this service are kept as text"
            notes.append(Note(found.bad.file, found.bad.row, "opens_at", value, reason))
        # Without rows to read, the words may be hours; what the clean-up cannot read of them stays words.
        osm = found.osm or ("" if found.why else "; ".join(found.texts))
        is_held_back = is_paused(around.service)
        yield "schedule.opening_hours", "" if is_held_back else osm
        yield "schedule.description", "\n".join(found.texts) or (osm if is_held_back else "")
        return


def _access(service: Item) -> Iterator[tuple[str, Cell]]:
    """How one gets in, where whole words say just that; Open Referral UK 1 has a list of such words."""
    ways = listed(service.get("attending_access"))
    yield "service.channels", coded("service.channels", listed(service.get("attending_type")))
    codes = coded("service.appointment", [service.get("application_process"), *ways])
    yield "service.appointment", codes[0] if len(codes) == 1 else ""


def _cost(around: Around, today: date) -> Iterator[tuple[str, Cell]]:
    service, options = around.service, _in_force(around.of_service("cost_option"), today)
    fees = [service.get("fees_description"), service.get("fees")]
    amounts = [row.get("amount") for row in options]
    words = [_option(row) for row in options]
    names = [row.get("option") for row in options if not row.get("amount")]
    kinds = coded("cost_option.kind", [*filter(None, fees), *names])
    if amounts and all(_NO_MONEY.fullmatch(amount) for amount in amounts):
        kinds = (*kinds, "free")
    elif not kinds and (price := _one_price(options)):
        kinds = ("fixed",)
        yield from price.items()
    if len(set(kinds)) == 1:
        yield "cost_option.kind", kinds[0]
    yield "cost_option.note", "\n".join(without_repeats([*fees, *words]))


def _in_force(options: list[Item], today: date) -> list[Item]:
    """Prices that are not over and not still to come."""
    return [
        row
        for row in options
        if (date_of(row.get("valid_to")) or today) >= today >= (date_of(row.get("valid_from")) or today)
    ]


def _one_price(options: list[Item]) -> dict[str, Cell]:
    """The amount in euro and what it is for, where there is one price and no words make it another."""
    if len(options) != 1 or options[0].get("currency").upper() != "EUR":
        return {}
    row = options[0]
    said = [text for text in (row.get("option"), row.get("amount_description")) if text]
    per = coded("cost_option.per", said)
    if len(per) != len(said) or len(per) > 1:
        return {}
    return {"cost_option.amount": row.get("amount"), "cost_option.per": per[0] if per else ""}


def _option(row: Item) -> str:
    option = row.get("option")
    is_kind = coded("cost_option.kind", [option]) or option in values("cost")
    parts = (
        "" if is_kind else option,
        row.get("amount"),
        row.get("currency").upper(),
        row.get("amount_description"),
    )
    return " ".join(part for part in parts if part)


def _age(rows: list[Item], name: str, notes: list[Note]) -> str:
    for row in rows:
        text = row.get(name)
        found = _AGE.fullmatch(text)
        if found and int(found[1]) <= 120:
            return found[1]
        if text:
            notes.append(Note(row.file, row.row, name, text, "is not an age in years", "0 to 120"))
    return ""


def _enterprise_number(around: Around) -> str:
    """The Belgian enterprise number, where an identifier says that it is one."""
    rows = around.staging.children("organization_identifier", "organization_id", around.organization.id)
    for row in rows:
        scheme = f"{row.get('identifier_scheme')} {row.get('identifier_type')}".casefold()
        if set(re.split(r"\W+", scheme)) & set(_ENTERPRISE):
            return row.get("identifier")
    return ""


def _said_on(around: Around) -> str:
    """The day on which the service was last changed at its source."""
    changes = around.staging.children("metadata", "resource_id", around.service.id)
    said = [around.service.get("last_modified"), *(row.get("last_action_date") for row in changes)]
    days = [day for text in said if (day := date_of(text))]
    return max(days).isoformat() if days else ""

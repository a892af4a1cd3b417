"""One result of a search as a card in a list: every line in words, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from flask import url_for

from service.i18n import formats
from service.i18n.labels import term_label
from service.i18n.messages import N_, translator
from service.model.dates import PartialDate
from service.search.query.result import Result
from service.search.query.said import sentence
from service.web.trust import Trust, trust
from service.web.verdicts import Group, grouped, signs

MOST_NEEDS = 4
POSTAL_CODE_M = 1_000  # how far the middle of a postal code of a town usually lies from its addresses
SUMMARY_LENGTH = 260  # characters: three lines on a desktop, six on a telephone

PRECISIONS = {
    "postal_code": N_("The place is known to the postal code only."),
    "municipality": N_("The place is known to the municipality only."),
    "street": N_("The place is known to the street."),
}

_BY = {
    "walk": N_("%(time)s on foot"),
    "bike": N_("%(time)s by bike"),
    "transit": N_("%(time)s by public transport"),
    "car": N_("%(time)s by car"),
}
_NEAREST = {
    "with_barrier": N_("The nearest, but something is in the way"),
    "without_barrier": N_("The nearest with nothing in the way"),
}
_AT_MOST = {"walk": 45, "bike": 60, "transit": 240, "car": 240}
"""Minutes beyond which a way of travelling is no longer named, unless it is the person's own."""


@dataclass(frozen=True, slots=True)
class Card:
    """A result with its number in the list and what the template shows of it.

    ``point`` is None where nobody goes: of a helpline or a hidden address.
    """

    number: int
    result: Result
    address: str
    needs: tuple[str, ...]
    summary: str
    where: str
    point: tuple[float, float] | None
    distance: str
    minutes: str
    precision: str
    audience: str
    route: str
    why: str
    watch_out: str
    nearest: str
    groups: tuple[Group, ...]
    trust: Trust


def card(
    number: int, result: Result, asked: frozenset[str], mode: str | None, today: date, language: str
) -> Card:
    """Put a result in words; ``asked`` are the needs searched for, which come first."""
    needs = sorted(result.needs, key=lambda code: code not in asked)
    point = _point(result)
    return Card(
        number=number,
        result=result,
        address=url_for("web.listing", lang=language, listing_id=result.id),
        needs=tuple(needs[:MOST_NEEDS]),
        summary=_shortened(result.summary or ""),
        where=_where(result, language),
        point=point,
        distance=_distance(result, language),
        minutes=_minutes(result, mode, language),
        precision=_precision(result, language),
        audience=_audience(result, language),
        route=_route(result, point) if point else "",
        why=sentence(result.why, language) if result.why else "",
        watch_out=sentence(result.watch_out, language) if result.watch_out else "",
        nearest=translator(language).gettext(_NEAREST[result.nearest]) if result.nearest else "",
        groups=tuple(grouped(signs(result.eight_b, language), language)),
        trust=trust(
            result.readiness,
            PartialDate.parse(result.said_on) if result.said_on else None,
            date.fromisoformat(result.checked) if result.checked else None,
            today,
            language,
            date.fromisoformat(result.stale_on) if result.stale_on else None,
        ),
    )


def route(address: str, point: tuple[float, float] | None) -> str:
    """Where a route can be asked, at OpenStreetMap: to an exact point, else to the address."""
    if point is not None:
        return "https://www.openstreetmap.org/directions?" + urlencode({"to": f"{point[0]},{point[1]}"})
    return "https://www.openstreetmap.org/search?" + urlencode({"query": address}) if address else ""


def _point(result: Result) -> tuple[float, float] | None:
    if result.lane == "wide" or result.lat is None or result.lon is None:
        return None
    return result.lat, result.lon


def _route(result: Result, point: tuple[float, float] | None) -> str:
    return route(result.address or "", point if result.location_precision == "exact" else None)


def _where(result: Result, language: str) -> str:
    t = translator(language)
    if result.hidden:
        town = result.municipality
        hidden = t.gettext("The address stays secret, so that people are safe there. Call or write first.")
        return f"{town}. {hidden}" if town else hidden
    if result.lane == "wide":
        area = term_label("coverage", result.coverage, language) if result.coverage else ""
        return area or t.gettext("By phone or online")
    town = " ".join(part for part in (result.postal_code, result.municipality) if part)
    return result.address or town or t.gettext("Place not known")


def _is_measurable(result: Result) -> bool:
    """Whether a distance says something: not for a helpline, nor where only the municipality is known."""
    known = result.location_precision in ("exact", "street", "postal_code")
    return _point(result) is not None and result.distance_m is not None and known


def _distance(result: Result, language: str) -> str:
    if result.distance_m is None or not _is_measurable(result):
        return ""
    t = translator(language)
    if _is_too_close(result):
        return t.gettext("less than %(distance)s", distance=formats.distance(POSTAL_CODE_M, language))
    words = formats.distance(result.distance_m, language)
    if result.location_precision == "postal_code":
        return t.gettext("about %(distance)s", distance=words)
    return words


def _is_too_close(result: Result) -> bool:
    """Whether it lies within what its point may be wrong, so that minutes would be made up."""
    return result.location_precision == "postal_code" and (result.distance_m or 0) < POSTAL_CODE_M


def _minutes(result: Result, mode: str | None, language: str) -> str:
    """The person's own way of travelling, else the two that make sense over this distance."""
    if not _is_measurable(result) or _is_too_close(result):
        return ""
    t = translator(language)
    likely = [m for m, most in _AT_MOST.items() if result.minutes.get(m, most + 1) <= most]
    chosen = [mode] if mode in result.minutes else likely[:2]
    return " · ".join(
        t.gettext(_BY[each], time=formats.minutes(result.minutes[each], language)) for each in chosen if each
    )


def _precision(result: Result, language: str) -> str:
    sentence = PRECISIONS.get(result.location_precision or "")
    return translator(language).gettext(sentence) if sentence else ""


def _audience(result: Result, language: str) -> str:
    codes = [code for code in result.audience if code != "everyone"]
    return formats.listed((term_label("audience", code, language) for code in codes), language)


def _shortened(text: str) -> str:
    if len(text) <= SUMMARY_LENGTH:
        return text
    return text[:SUMMARY_LENGTH].rsplit(" ", 1)[0].rstrip(",;:.") + "…"

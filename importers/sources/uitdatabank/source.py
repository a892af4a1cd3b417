"""Places of UiTdatabank in its JSON-LD."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from importers.entry import Cell
from importers.readers.hsds.names import label_of
from importers.readers.hsds.words import coded, language_codes
from importers.readers.schema_hours import opening_hours
from importers.readers.taken import NoLonger, Taken, plain
from service.config import TIMEZONE
from service.model.fields import LANGUAGES

_NOT_PUBLISHED = frozenset({"DRAFT", "REJECTED", "DELETED"})
_OF_CERTAIN_DAYS = frozenset({"single", "multiple"})


def listings(record: Taken) -> Iterator[tuple[str, Mapping[str, Cell]]]:
    """One listing for each place, and for what goes on all year round or for some weeks at one.

    Raises NoLonger for one that is closed for good, is not published, or is only on certain days.
    """
    published, calendar = record.text("workflowStatus"), record.text("calendarType")
    if published.upper() in _NOT_PUBLISHED:
        raise NoLonger("workflowStatus", published, "says that it is not published")
    if calendar in _OF_CERTAIN_DAYS:
        raise NoLonger("calendarType", calendar, "is of certain days; what stays is taken")
    status = record.text("status.type") or record.text("status")
    if status == "Unavailable":
        raise NoLonger("status", status, "says that the place is closed")
    main = record.text("mainLanguage") or "nl"
    names = _in_languages(record, "name", main)
    terms = record.texts("terms[].label")
    cells: dict[str, Cell] = {f"service.name@{language}": text for language, text in names.items()}
    cells["organization.name"] = (
        record.text("organizer.name") or record.text(f"organizer.name.{main}") or _first(names, main)
    )
    for language, text in _in_languages(record, "description", main).items():
        words = f"{label_of('terms', language)}: {'; '.join(terms)}" if terms else ""
        cells[f"service.description@{language}"] = "\n\n".join(filter(None, (text, words)))
    cells["service.needs"] = coded("service.needs", terms)
    cells |= _contact(record) | _address(record, main) | _hours(record)
    if calendar == "periodic":  # over a time; the last day may lie behind us, which the reader is told
        cells["schedule.valid_from"] = _day(record.text("startDate"))
        cells["schedule.valid_to"] = _day(record.text("endDate"))
    ages = record.text("typicalAgeRange").partition("-")
    cells["service.minimum_age"] = ages[0] if ages[0] not in ("", "0") else ""
    cells["service.maximum_age"] = ages[2] if ages[2] != "99" else ""
    prices = [plain(each.get("price")) for each in record.objects("priceInfo")]
    if prices and all(price in ("0", "0.0") for price in prices):
        cells["cost_option.kind"] = "free"
    cells["service.languages"] = tuple(
        code for text in record.texts("languages") for code in language_codes(text) or ()
    )
    cells["said_on"] = record.text("modified")[:10]
    record.ignore_all(
        "@context", "@type", "created", "creator",
        "labels", "hiddenLabels", "completeness", "completedLanguages",
        "calendarSummary", "location", "audience", "terms", "image",
        "mediaObject", "videos", "bookingInfo",
        "availableTo", "availableFrom", "sameAs", "languages",
        "organizer", "metadata", "playhead", "publisher",
        "status", "bookingAvailability", "regions", "typicalAgeRange", "openingHoursAdjustedDays",
    )  # fmt: skip
    yield record.text("@id"), cells


def _day(moment: str) -> str:
    """The day in Brussels of a moment, which is often said in UTC; what is no moment stays as it is."""
    try:
        said = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    return (said.astimezone(TIMEZONE) if said.tzinfo else said).date().isoformat()


def _in_languages(record: Taken, key: str, main: str) -> dict[str, str]:
    """A text by its language; one that is said once is in the main language of the record."""
    found = {language: record.text(f"{key}.{language}") for language in LANGUAGES}
    found[main] = found.get(main) or record.text(key)
    return {language: text for language, text in found.items() if text and language in LANGUAGES}


def _first(names: Mapping[str, str], main: str) -> str:
    return names.get(main) or next(iter(names.values()), "")


def _contact(record: Taken) -> dict[str, Cell]:
    return {
        "phone.numbers": record.texts("contactPoint.phone"),
        "contact.email": record.text("contactPoint.email"),
        "contact.website": record.text("contactPoint.url"),
    }


def _address(record: Taken, main: str) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    languages = dict.fromkeys((main, "nl", "fr", "de", "en"))
    holders = [f"{where}.{language}" for where in ("address", "location.address") for language in languages]
    for holder in (*holders, "address", "location.address"):
        street, code = record.text(f"{holder}.streetAddress"), record.text(f"{holder}.postalCode")
        town, country = record.text(f"{holder}.addressLocality"), record.text(f"{holder}.addressCountry")
        if (street or town) and not cells:
            cells = {
                "address.street": street,
                "address.postal_code": code,
                "address.city": town,
                "address.country": country,
            }
    own = record.point("geo.latitude", "geo.longitude")
    cells["location.point"] = own or record.point("location.geo.latitude", "location.geo.longitude")
    return cells


def _hours(record: Taken) -> dict[str, Cell]:
    """Weekly hours, and the days on which it is closed where they are still dates."""
    weekly = [_named(each) for each in record.objects("openingHours")]
    cells = opening_hours({"openingHoursSpecification": weekly})
    closed = [(plain(each.get("startDate"))[:10], plain(each.get("endDate"))[:10])
              for each in record.objects("openingHoursClosedDays")]  # fmt: skip
    if closed and "schedule.opening_hours" in cells:
        cells["schedule.description"] = "Gesloten: " + ", ".join(
            " - ".join(dict.fromkeys(each)) for each in closed
        )
    return cells


def _named(each: Mapping[str, Any]) -> dict[str, object]:
    return {"opens": each.get("opens"), "closes": each.get("closes"), "dayOfWeek": each.get("dayOfWeek")}

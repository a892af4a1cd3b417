"""Organizations of social.brussels, in the shape of its records, from files supplied with permission."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from importers.entry import Cell, without_repeats
from importers.readers.taken import Taken, plain

_DAY = re.compile(r"(\d\d?)/(\d\d?)/(?:20)?(\d\d)")
_BOTH = {
    "nameOfficial": "service.name",
    "description": "service.description",
}


def listings(record: Taken) -> Iterator[tuple[str, Mapping[str, Cell]]]:
    """One listing for each organization."""
    cells: dict[str, Cell] = {}
    for source, path in _BOTH.items():
        for ending, language in (("Nl", "nl"), ("Fr", "fr")):
            cells[f"{path}@{language}"] = record.text(f"{source}{ending}")
    name_nl, name_fr = cells["service.name@nl"], cells["service.name@fr"]
    others = [
        record.text(f"{kind}{ending}")
        for kind in ("nameAlternative", "nameFormer")
        for ending in ("Nl", "Fr")
    ]
    cells |= {
        "organization.name": " / ".join(without_repeats([str(name_fr), str(name_nl)])),
        "organization.alternate_names": without_repeats(others),
        "organization.enterprise_number": record.text("pmRp"),
        "organization.website": record.text("websiteOfficialNl") or record.text("websiteOfficialFr"),
        "phone.numbers": without_repeats([*record.texts("telNl"), *record.texts("telFr")]),
        "contact.email": next(iter([*record.texts("emailNl"), *record.texts("emailFr")]), ""),
        "schedule.opening_hours": record.text("permanencyNl"),
        "schedule.description": "\n".join(_both(record, "permanency")),
        "service.remark": "\n".join(_both(record, "remark")),
        "said_on": _day(record.text("lastUpdate")),
    }
    record.ignore("langStatus", "startDate", "type", "sectors")
    record.ignore_all(
        "legalStatus", "categories", "categoriesObject",
        "sectorsObjects", "faxFr", "faxNl", "websiteUnofficialFr",
        "websiteUnofficialNl", "websiteInfoFr",
        "websiteInfoNl", "websiteOfficialFr", "websiteBelgianOfficialJournalFr",
        "websiteBelgianOfficialJournalNl",
    )  # fmt: skip
    yield record.text("id"), cells | _address(record)


def _both(record: Taken, name: str) -> tuple[str, ...]:
    return without_repeats([record.text(f"{name}Nl"), record.text(f"{name}Fr")])


def _day(text: str) -> str:
    found = _DAY.fullmatch(text)
    return f"20{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else text


def _address(record: Taken) -> dict[str, Cell]:
    addresses = record.objects("address")
    if not addresses:
        return {}
    one = addresses[0]
    return {
        "address.street@nl": plain(one.get("streetNl")),
        "address.street@fr": plain(one.get("streetFr")),
        "address.house_number": plain(one.get("number")),
        "address.postal_code": (plain(one.get("postalCodeNl")) or plain(one.get("postalCodeFr")))[:4],
        "address.country": "BE",
        "location.point": " ".join(filter(None, (plain(one.get("lat")), plain(one.get("lon"))))),
    }

"""The form of a listing in the order in which a visitor reads: its parts and the fields of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

from service.eight_b.screen import CRITERIA
from service.model.fields import fields, parse_key

HOURS, POINT, HIDDEN = "schedule.opening_hours", "location.point", "address.hidden"
SHOWN_LANGUAGES = ("nl", "fr", "en")
"""The languages whose texts always stand in the form; others when they are asked for or there is a text."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part: ``code`` names it, ``paths`` are its fields; ``groups`` come after them, by a B's code."""

    code: str
    paths: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]


_NO_GROUPS: Mapping[str, tuple[str, ...]] = {}

PARTS = (
    Part(
        "when",
        (
            HOURS, "schedule.description", "service.appointment", "service.round_the_clock",
            "schedule.valid_from", "schedule.valid_to",
        ),
        _NO_GROUPS,
    ),
    Part(
        "where",
        (
            "address.street", "address.house_number", "address.box", "address.postal_code",
            "address.municipality", "address.city", "address.country", POINT, HIDDEN, "location.wheelchair",
            "service_area.coverage", "location.zone", "service_area.zones",
        ),
        _NO_GROUPS,
    ),
    Part(
        "how",
        ("phone.numbers", "contact.email", "contact.website", "organization.website", "service.channels"),
        _NO_GROUPS,
    ),
    Part("bring", ("service.documents", "service.required_documents"), _NO_GROUPS),
    Part(
        "who",
        (
            "service.audience", "service.audience_note", "service.minimum_age", "service.maximum_age",
            "service.household", "service.residence", "service.referral_required", "service.referral_by",
            "service.referral_organization", "service.exclusions", "service.exclusion_note",
        ),
        _NO_GROUPS,
    ),
    Part(
        "languages",
        (
            "service.languages", "service.interpreter", "service.mediator", "service.leaflet_languages",
            "service.pictograms",
        ),
        _NO_GROUPS,
    ),
    Part(
        "price",
        (
            "cost_option.kind", "cost_option.amount", "cost_option.per", "cost_option.note",
            "cost_option.reduced", "cost_option.reduced_amount", "cost_option.extra",
            "cost_option.cancellation_fee", "cost_option.ocmw_pays",
        ),
        _NO_GROUPS,
    ),
    Part(
        "eight",
        (),
        {
            "bereikbaar": (
                "location.lift", "location.door_width", "location.toilet", "location.parking",
                "location.pram", "location.stop_step_free", "location.entrance_photo", "service.outreach",
            ),
            "beschikbaar": (
                "service.intake", "service.wait_first_talk", "service.wait_start", "service.places_free",
                "service.places", "service.frequency_limit", "service.duration",
            ),
            "bruikbaar": (
                "service.form_help", "service.combined_offer", "service.diet", "service.pets",
                "service.childcare", "service.digital_needs",
            ),
            "betrouwbaar": (
                "service.anonymous", "service.identity_check", "service.secrecy",
                "service.shares_data_with", "service.complaint_route", "organization.legal_form",
                "organization.recognised_by", "organization.recognised_until",
            ),
            "begripvol": (
                "service.companion", "service.warm_handover", "service.handover_with",
                "service.peer_workers", "service.training", "service.women_only", "service.lgbtq_welcome",
                "service.children_welcome", "service.neutral_name",
            ),
        },
    ),
    Part(
        "text",
        (
            "service.name", "service.description", "service.plain_summary", "service.alternate_names",
            "service.other_names", "organization.name", "organization.alternate_names",
            "organization.other_names", "organization.enterprise_number",
        ),
        _NO_GROUPS,
    ),
    Part(
        "needs",
        (
            "service.needs", "service.provision", "service.prevention", "service.life_stage",
            "service.remark",
        ),
        _NO_GROUPS,
    ),
)  # fmt: skip

ELSEWHERE = frozenset({"service.state", "service.ends_on", "service.identifiers", "service.readiness"})
"""Fields that the parts leave out: the state has a part of its own, two are for machines."""


@cache
def all_paths() -> tuple[str, ...]:
    """Every field of the parts, in order."""
    return tuple(
        path for part in PARTS for path in (*part.paths, *(p for held in part.groups.values() for p in held))
    )


def keys_of(present: Collection[str], also: Collection[str] = ()) -> tuple[str, ...]:
    """The field keys that the form shows: texts in each shown language, in those ``also`` asked for, and in
    those of ``present`` keys."""
    found: list[str] = []
    for path in all_paths():
        if not fields()[path].per_language:
            found.append(path)
            continue
        said = [key for key in present if parse_key(key).path == path]
        wanted = [f"{path}@{language}" for language in (*SHOWN_LANGUAGES, *also)]
        found += dict.fromkeys((*(key for key in said if key == path), *wanted, *sorted(said)))
    return tuple(found)


@cache
def visitor_reads(path: str) -> tuple[str, str] | None:
    """The English messages of the criterion that rests on a field: of a good answer, and of not knowing."""
    column = fields()[path].index
    for criteria in CRITERIA.values():
        for each in criteria:
            if column and column in each.reads and "pass" in each.sentences and "unknown" in each.sentences:
                return each.sentences["pass"], each.sentences["unknown"]
    return None

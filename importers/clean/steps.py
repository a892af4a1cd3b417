"""The ordered clean-up steps; adding one is a line in these tables."""

from __future__ import annotations

from importers.clean import codes, contacts, hidden, places, texts
from importers.clean.step import CellStep, RecordStep

CELL_STEPS = (
    CellStep("html", frozenset({"text"}), texts.plain_text),
    CellStep("characters", frozenset(), texts.composed),
    CellStep("whitespace", frozenset(), texts.spaced),
    CellStep("phones", frozenset({"phone"}), contacts.phone),
    CellStep("e-mail", frozenset({"email"}), contacts.email),
    CellStep("urls", frozenset({"url"}), contacts.url),
    CellStep("codes", frozenset({"code", "need"}), codes.code),
    CellStep("languages", frozenset({"language", "zone"}), codes.small_letters),
    CellStep("countries", frozenset({"country"}), codes.country),
    CellStep("postal codes", frozenset({"postal_code"}), places.postal_code),
    CellStep("municipalities", frozenset({"nis"}), codes.municipality),
)

RECORD_STEPS = (
    RecordStep("hidden addresses", hidden.drop_secrets),
    RecordStep("postal code against municipality", places.doubt_postal_code),
)

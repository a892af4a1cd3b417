"""The ordered clean-up steps; adding one is a line in these tables."""

from __future__ import annotations

from importers.clean import addresses, codes, contacts, hidden, in_words, places, texts
from importers.clean.step import CellStep, RecordStep

CELL_STEPS = (
    CellStep("html", frozenset({"text"}), texts.plain_text),
    CellStep("characters", frozenset(), texts.composed),
    CellStep("whitespace", frozenset(), texts.spaced),
    CellStep("phones", frozenset({"phone"}), contacts.phone),
    CellStep("e-mail", frozenset({"email"}), contacts.email),
    CellStep("urls", frozenset({"url"}), contacts.url),
    CellStep("codes", frozenset({"code", "need"}), codes.code),
    CellStep("languages", frozenset({"language"}), codes.language),
    CellStep("zones", frozenset({"zone"}), codes.small_letters),
    CellStep("enterprise numbers", frozenset({"enterprise_number"}), codes.enterprise_number),
    CellStep("countries", frozenset({"country"}), codes.country),
    CellStep("postal codes", frozenset({"postal_code"}), places.postal_code),
    CellStep("municipalities", frozenset({"nis"}), codes.municipality),
)

RECORD_STEPS = (
    RecordStep("opening hours", in_words.read_opening_hours),
    RecordStep("opening hours kept as text", in_words.keep_hours_as_text),
    RecordStep("prices", in_words.read_price),
    RecordStep("addresses", addresses.write_street_out),
    RecordStep("hidden addresses", hidden.drop_secrets),
    RecordStep("postal code against municipality", places.doubt_postal_code),
)

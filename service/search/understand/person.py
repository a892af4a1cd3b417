"""What a question says about the person: situation and audience, by lists of phrases."""

from __future__ import annotations

from service.search.understand.phrases import Phrasebook
from service.search.understand.question import Reading

_LEAST = 0.55  # the phrase as it is, in another form, or one slip of the pen


def person_stage(field: str, book: Phrasebook, reading: Reading) -> Reading:
    """Codes of ``field`` (situation or audience) that the words name."""
    found: dict[str, frozenset[int]] = {}
    for each in sorted(
        book.find(reading.question, reading.likely, without=reading.named), key=lambda f: -f.quality * f.size
    ):
        if each.quality >= _LEAST and each.phrase.code not in found:
            found[each.phrase.code] = each.words
    order = dict.fromkeys(sorted(found, key=lambda code: min(found[code])))
    return reading.with_codes(field, {code: found[code] for code in order}, field, "phrase")

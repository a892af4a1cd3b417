"""Which language a question is in: its script, then its function words, then the page."""

from __future__ import annotations

from dataclasses import replace

from service.model.fields import LANGUAGES
from service.search.understand.question import Reading
from service.search.understand.understood import Evidence
from service.search.words.stopwords import likely_languages

_SCRIPTS = (("؀", "ۿ", "ar"), ("Ѐ", "ӿ", "uk"))  # Arabic; Cyrillic


def language_stage(reading: Reading) -> Reading:
    """The likeliest language and those that the function words speak for; else that of the page."""
    question = reading.question
    script = _by_script(question.text)
    if script:
        return _with(reading, script, (script,), "script")
    likely = likely_languages((word.token.folded for word in question.words), LANGUAGES)
    if len(likely) > 1 and question.ui_language in likely:
        return _with(reading, question.ui_language, likely, "function words, language of the page")
    if likely:
        return _with(reading, likely[0], likely, "function words")
    return _with(reading, question.ui_language, (), "language of the page")


def _with(reading: Reading, language: str, likely: tuple[str, ...], rule: str) -> Reading:
    evidence = Evidence("language", "", " ".join(likely or (language,)), rule, 1.0)
    return replace(reading, language=language, likely=likely, evidence=(*reading.evidence, evidence))


def _by_script(text: str) -> str | None:
    letters = [c for c in text if c.isalpha()]
    for first, last, language in _SCRIPTS:
        if sum(first <= c <= last for c in letters) * 2 > len(letters):
            return language
    return None

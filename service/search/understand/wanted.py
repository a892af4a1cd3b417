"""Which languages help is wanted in: the name of a language beside a word for speaking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from service.search.understand.question import Question, Reading
from service.search.understand.tables import rows, split
from service.search.words.fold import fold_word, folded_words

_REACH = 3  # words between the name of a language and the word for speaking it
# Named for a course or a form as often as for help in them, so they need a word beside.
_OFTEN_NAMED = frozenset({"nl", "fr", "en", "de"})


def wanted_stage(reading: Reading) -> Reading:
    """Languages of service; a language that is to be learned, or that somebody does not speak, is none."""
    question = reading.question
    words = [word.token.folded for word in question.words]
    languages = frozenset(reading.likely or (question.ui_language,))
    speaking = _positions(words, _cues("speak"))
    before = _positions(words, _cues("before", languages))
    learning = _positions(words, _cues("learn"))
    negations = frozenset(_positions(words, _cues("not")))
    found: dict[str, frozenset[int]] = {}
    for at, code, is_speaker in _named(question, reading.named):
        near = [cue for cue in speaking if abs(cue - at) <= _REACH] + [cue for cue in before if cue == at - 1]
        learns = any(abs(cue - at) <= _REACH for cue in learning)
        if negations & {at - 1, at - 2}:
            continue
        if is_speaker or near or (code not in _OFTEN_NAMED and not learns):
            found[code] = found.get(code, frozenset()) | {at, *near[:1]}
    after = reading.with_codes("speaks", found, "speaks", "name of a language")
    return _with_named(after, found)


def _with_named(reading: Reading, found: Mapping[str, frozenset[int]]) -> Reading:
    return replace(reading, named=reading.named.union(*found.values()))


def _named(question: Question, without: frozenset[int]) -> Iterator[tuple[int, str, bool]]:
    names, speakers = _names()
    for at, word in enumerate(question.words):
        if at in without:
            continue
        forms = [a.term for a in word.alternatives if a.why != "compound"]
        speaker = next((speakers[form] for form in forms if form in speakers), None)
        if speaker:
            yield at, speaker, True
            continue
        code = next((names[form] for form in forms if form in names), None)
        if code:
            yield at, code, False


def _positions(words: list[str], phrases: Mapping[str, list[list[str]]]) -> list[int]:
    """Where a cue stands: the number of its last word."""
    return [
        i + len(phrase) - 1
        for i, word in enumerate(words)
        for phrase in phrases.get(word, ())
        if words[i : i + len(phrase)] == phrase
    ]


@cache
def _names() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Folded names of languages, and of those who speak them (arabophone, Turkstalig)."""
    names: dict[str, str] = {}
    speakers: dict[str, str] = {}
    for row in rows("languages.csv"):
        names.update((fold_word(name), row["code"]) for name in split(row["names"]))
        speakers.update((fold_word(name), row["code"]) for name in split(row["speakers"]))
    return names, speakers


@cache
def _cues(cue: str, languages: frozenset[str] = frozenset()) -> Mapping[str, list[list[str]]]:
    """The phrases of a cue, of some languages or all, each under its first word."""
    found: dict[str, list[list[str]]] = {}
    for row in rows("language_cues.csv"):
        if row["cue"] == cue and (not languages or row["language"] in languages):
            for phrase in map(folded_words, split(row["words"])):
                found.setdefault(phrase[0], []).append(phrase)
    return found

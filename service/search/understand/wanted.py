"""Which languages help is wanted in: the name of a language beside a word for speaking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from service.search.understand.question import Question, Reading
from service.search.understand.tables import rows, split
from service.search.words.fold import fold_word, folded_words

_SHORTEST_BEGINNING = 4  # letters of a name of a language that other languages inflect
_REACH = 3  # words between the name of a language and the word for speaking it
# Turkish puts what is denied before: *fransızca bilmiyorum*. Elsewhere it stands ahead of the name.
_DENIED_AFTER = frozenset({"tr"})


def wanted_stage(reading: Reading) -> Reading:
    """Languages of service; one that is to be learned, that somebody does not speak, that a letter is in or
    that says where somebody comes from is none.
    """
    question = reading.question
    words = [word.token.folded for word in question.words]
    languages = frozenset((*reading.likely, reading.language or question.ui_language))
    at_cue = {cue: _positions(words, _cues(cue, _own(cue, languages))) for cue in _CUES}
    found: dict[str, frozenset[int]] = {}
    for at, code, is_speaker in _named(question, reading.named):
        is_denied = _is_denied(at, at_cue["not"], languages)
        if not is_denied and (is_speaker or _is_wanted(at, at_cue)):
            beside = [cue for cue in at_cue["speak"] if abs(cue - at) <= _REACH]
            beside += [cue for cue in at_cue["before"] if cue == at - 1]
            found[code] = found.get(code, frozenset()) | {at, *beside[:1]}
    after = reading.with_codes("speaks", found, "speaks", "name of a language")
    return _with_named(after, found)


_CUES = ("speak", "before", "learn", "document", "origin", "not")


def _own(cue: str, languages: frozenset[str]) -> frozenset[str]:
    """Short words such as *in* and *en* are cues in their own language only; the others in any."""
    return languages if cue in {"before", "not", "origin"} else frozenset()


def _is_denied(at: int, negations: list[int], languages: frozenset[str]) -> bool:
    after = {at + 1} if languages & _DENIED_AFTER else set()
    return bool(set(negations) & ({at - 1, at - 2} | after))


def _is_wanted(at: int, at_cue: Mapping[str, list[int]]) -> bool:
    """Whether the name of a language asks for service in it: *toddler group English* does, *letter in
    Dutch* and *practise Dutch* do not.
    """
    near = {cue: any(abs(place - at) <= _REACH for place in at_cue[cue]) for cue in _CUES}
    if near["document"]:
        return False
    if at - 1 in at_cue["before"]:
        return True
    if near["learn"]:
        return False
    return near["speak"] or not any(abs(cue - at) == 1 for cue in at_cue["origin"])


def _with_named(reading: Reading, found: Mapping[str, frozenset[int]]) -> Reading:
    return replace(reading, named=reading.named.union(*found.values()))


def _named(question: Question, without: frozenset[int]) -> Iterator[tuple[int, str, bool]]:
    names, speakers = _names()
    for at, word in enumerate(question.words):
        if at in without:
            continue
        forms = [a.term for a in word.alternatives if a.why != "compound"]
        speaker = next((code for form in forms if (code := _code(form, speakers))), None)
        code = next((code for form in forms if (code := _code(form, names))), None)
        if speaker or code:
            yield at, speaker or code or "", speaker is not None


def _code(form: str, names: _Names) -> str | None:
    """The language of a folded word, by the whole word or its beginning (*polskiego*)."""
    if form in names.whole:
        return names.whole[form]
    starts = (form[:end] for end in range(_SHORTEST_BEGINNING, len(form) + 1))
    return next((names.beginnings[start] for start in starts if start in names.beginnings), None)


def _positions(words: list[str], phrases: Mapping[str, list[list[str]]]) -> list[int]:
    """Where a cue stands: the number of its last word."""
    return [
        i + len(phrase) - 1
        for i, word in enumerate(words)
        for phrase in phrases.get(word, ())
        if words[i : i + len(phrase)] == phrase
    ]


@dataclass(frozen=True, slots=True)
class _Names:
    """Codes of languages by folded name, and by how names begin in languages that inflect them."""

    whole: Mapping[str, str]
    beginnings: Mapping[str, str]


@cache
def _names() -> tuple[_Names, _Names]:
    """Names of languages, and of those who speak them (arabophone, Turkstalig)."""
    return _read("names"), _read("speakers")


def _read(column: str) -> _Names:
    listed = [(name, row["code"]) for row in rows("languages.csv") for name in split(row[column])]
    whole = {"".join(folded_words(name)): code for name, code in listed if not name.endswith("*")}
    begun = {fold_word(name[:-1]): code for name, code in listed if name.endswith("*")}
    return _Names(whole, begun)


@cache
def _cues(cue: str, languages: frozenset[str] = frozenset()) -> Mapping[str, list[list[str]]]:
    """The phrases of a cue, of some languages or all, each under its first word."""
    found: dict[str, list[list[str]]] = {}
    for row in rows("language_cues.csv"):
        if row["cue"] == cue and (not languages or row["language"] in languages):
            for phrase in map(folded_words, split(row["words"])):
                found.setdefault(phrase[0], []).append(phrase)
    return found

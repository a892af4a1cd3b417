"""Which needs a question is about: what its words name and what it means as a whole, weighed together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from service.model import terms
from service.search.understand.beside import CAUTION, Beside, beside
from service.search.understand.clauses import clauses
from service.search.understand.lexicon import Weighed, lexicon_evidence, weigh
from service.search.understand.meaning.grams import forms_of
from service.search.understand.meaning.model import Heard, Meaning
from service.search.understand.meaning.sentence import Senses
from service.search.understand.phrases import Phrasebook
from service.search.understand.question import Question, Reading
from service.search.understand.understood import Evidence, NeedReading

MOST = 3
SURE = 0.5  # from here a need is taken as understood
LIKELY = 0.15  # the best reading is acted on from here when none is sure; words then count as much
POSSIBLE = 0.08  # from here it is offered
BESIDE = 0.15  # a further need must be this sure
TRUST = 0.7  # what a nat of the lexicon counts beside one of the model
CARER = 1.0  # nats for the needs of carers, where a carer speaks
ALONE = 2.0  # and where the model knows no word of the question, as of one that is misspelt
FEW_WORDS = 5  # tell no story: what they name is asked
NAMING = 1.5  # nats of the lexicon: from here a need is called by its name
LEADING = 0.5  # a word is a reason when it says at least this share of what the strongest word says
REASONS = 3  # words at most that are named as the reason

_Alone = Mapping[str, Sequence[tuple[float, int]]]
"""Per need, how strongly each word speaks for it, with the number of the word."""


def need_stage(book: Phrasebook, meaning: Meaning, senses: Senses, reading: Reading) -> Reading:
    """Up to three needs, most certain first; what is too uncertain becomes a suggestion."""
    found = book.find(reading.question, reading.likely, without=reading.named)
    named = {each.code: each for each in weigh(found)}
    everything = _content(reading)
    content = _asking(reading, everything)
    said = _said(reading.question, content)
    by_grams = meaning.hear(*said)
    if not named and not by_grams.is_known:
        return reading
    parts = clauses(reading.question, content)
    text = reading.question.text if content == everything else said[0]
    whole, *senses_ = senses([text, *(_said(reading.question, each)[0] for each in parts)])
    trust = TRUST if by_grams.is_known else ALONE
    sense = meaning.means(whole)
    by_model = _nudged(meaning.probabilities(by_grams, sense), meaning.needs, reading.audience)
    likely = _together(by_model, meaning.needs, named, trust)
    heard = _heard_alone(meaning, reading.question, content, [code for code, _ in likely])
    readings = [_reading(code, p, named.get(code), heard, reading) for code, p in likely]
    taken, left = _taken([each for each, _ in readings])
    chosen = frozenset(each.code for each in taken)
    sure = {each.code: each.confidence for each in taken}
    told = beside(meaning, reading.question, list(zip(parts, senses_, strict=True)), sure, reading.who)
    heard_in = frozenset[int]().union(*(words for each, words in readings if each.code in chosen))
    if reading.question.is_key_words or len(reading.question.words) <= FEW_WORDS:
        told += _by_name(named, chosen | {each.code for each in told}, heard_in)
    if taken and any(each.confidence > CAUTION for each in told):  # the whole is unsure, and a clause is not
        taken, left = [], [*taken, *left]
        told.sort(key=lambda each: -each.confidence)
    further = told[: MOST - len(taken)] if chosen else []
    asked = heard_in.union(*(each.words for each in further))
    taken += [_told(each, reading) for each in further]
    taken.sort(key=lambda each: -each.confidence)
    return replace(
        reading,
        needs=tuple(taken),
        suggestions=tuple(each for each in left if each.code not in {one.code for one in taken})[:MOST],
        used=reading.used | asked,
        asked=asked,
        evidence=(
            *reading.evidence,
            *lexicon_evidence(found, reading),
            *_evidence([each for each, _ in readings], meaning, by_grams, sense),
            *(_beside_evidence(each, reading) for each in further),
        ),
    )


def _content(reading: Reading) -> tuple[int, ...]:
    """The numbers of the words that do not name a place or a language."""
    return tuple(i for i in range(len(reading.question.words)) if i not in reading.named)


def _asking(reading: Reading, content: tuple[int, ...]) -> tuple[int, ...]:
    """The same without the clauses that only say who somebody is, where others say more.

    *Maman solo, 2 enfants, plus d'argent* asks for money: whoever is a mother is heard as asking about
    children, however little else a question says.
    """
    question = reading.question
    only_who = [
        each
        for each in clauses(question, content)
        if all(i in reading.who or question.words[i].is_stop for i in each)
    ]
    left = set(content).difference(*only_who)
    says_more = any(not question.words[i].is_stop for i in left)
    return tuple(i for i in content if i in left) if says_more else content


def _said(question: Question, words: Sequence[int]) -> tuple[str, list[str]]:
    """These words as a text, and their forms."""
    terms_ = [question.words[i] for i in words]
    return " ".join(each.token.text for each in terms_), forms_of(terms_)


def _together(
    likely: NDArray[np.float64], needs: Sequence[str], named: Mapping[str, Weighed], trust: float
) -> list[tuple[str, float]]:
    """The likeliest needs with their probability: the model's, raised by what the lexicon names."""
    odds = np.log(likely + 1e-9)
    for at, code in enumerate(needs):
        if code in named:
            odds[at] += trust * named[code].strength
    share = np.exp(odds - odds.max())
    share /= share.sum()
    order = np.argsort(-share)[: 2 * MOST]
    return [(needs[at], float(share[at])) for at in order if share[at] >= POSSIBLE]


def _nudged(
    likely: NDArray[np.float64], needs: Sequence[str], audience: Sequence[str]
) -> NDArray[np.float64]:
    """Who asks says something too: somebody who cares for another asks as a carer more often than not."""
    if "carer" not in audience:
        return likely
    raised = likely * np.array([np.exp(CARER) if code.startswith("caregiver.") else 1.0 for code in needs])
    return np.asarray(raised / raised.sum())


def _reading(
    code: str, confidence: float, named: Weighed | None, heard: _Alone, reading: Reading
) -> tuple[NeedReading, frozenset[int]]:
    """The reading of one need, and the words that led to it."""
    words = named.because if named else _reasons(heard[code])
    label = terms.needs()[code].label(reading.question.ui_language)
    used = named.words | words if named else words
    return NeedReading(code, label, confidence, reading.question.quote(words)), used


def _heard_alone(
    meaning: Meaning, question: Question, content: Sequence[int], needs: Iterable[str]
) -> _Alone:
    """What each word says for these needs when it is heard alone; function words say nothing alone."""
    heard = [i for i in content if not question.words[i].is_stop] or list(content)
    said = [each.more for each in meaning.hear_each([_said(question, [i]) for i in heard])]
    places = {code: meaning.needs.index(code) for code in needs}
    return {
        code: [(float(more[at]), i) for more, i in zip(said, heard, strict=True)]
        for code, at in places.items()
    }


def _reasons(heard: Sequence[tuple[float, int]]) -> frozenset[int]:
    """The words that say most for a need."""
    strongest = sorted(heard, reverse=True)[:REASONS]
    return frozenset(i for strength, i in strongest if strength >= LEADING * strongest[0][0] > 0)


def _taken(readings: list[NeedReading]) -> tuple[list[NeedReading], list[NeedReading]]:
    if not readings or readings[0].confidence < LIKELY:
        return [], readings
    beside = [each for each in readings[1:] if each.confidence >= BESIDE]
    taken = [readings[0], *beside][:MOST]
    return taken, [each for each in readings if each not in taken]


def _by_name(named: Mapping[str, Weighed], taken: frozenset[str], heard: frozenset[int]) -> Iterator[Beside]:
    """Needs that are called by their name, in words that led to no need yet: a list of key words."""
    for code, each in named.items():
        if each.strength >= NAMING and code not in taken and not each.because & heard:
            heard |= each.because
            yield Beside(code, CAUTION, each.because, "its name is among the words")


def _told(each: Beside, reading: Reading) -> NeedReading:
    label = terms.needs()[each.code].label(reading.question.ui_language)
    return NeedReading(each.code, label, each.confidence, reading.question.quote(each.words))


def _evidence(
    readings: Sequence[NeedReading], meaning: Meaning, by_grams: Heard, sense: NDArray[np.float64]
) -> Iterator[Evidence]:
    """For each reading what each part of the model counts, in nats, and how sure all are together."""
    counted = (
        ("pieces of words, words and lemmas", meaning.sharpness * by_grams.more),
        ("the question as a whole", meaning.sharpness * (sense - sense.mean())),
    )
    together = "words named and meaning together, as a probability"
    for each in readings:
        place = meaning.needs.index(each.code)
        for rule, counts in counted:
            yield Evidence("meaning", each.because, each.code, rule, round(float(counts[place]), 2))
        yield Evidence("meaning", each.because, each.code, together, round(each.confidence, 2))


def _beside_evidence(each: Beside, reading: Reading) -> Evidence:
    words = reading.question.quote(each.words)
    return Evidence("meaning", words, each.code, each.rule, round(each.confidence, 2))

"""Reading a question in a line of small stages, each adding what it understood and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial

from service.config import TIMEZONE
from service.geo.places import Gazetteer
from service.search.understand.crisis.read import load_lists
from service.search.understand.crisis.stage import crisis_stage
from service.search.understand.follows import follows_stage
from service.search.understand.language import language_stage
from service.search.understand.meaning.model import Meaning, meaning
from service.search.understand.meaning.sentence import Senses
from service.search.understand.meaning.weights import read_pieces
from service.search.understand.need import need_stage
from service.search.understand.person import person_rules, person_stage
from service.search.understand.phrases import Phrase, Phrasebook
from service.search.understand.place import place_stage
from service.search.understand.question import Question, Reading
from service.search.understand.signs import SignBook
from service.search.understand.tables import need_phrases, sign_rows
from service.search.understand.understood import OF_THE_PERSON, Understood
from service.search.understand.wanted import wanted_stage
from service.search.understand.when import when_stage
from service.search.words.analyse import Analyser

Stage = Callable[[Reading], Reading]


class Understanding:
    """Understands questions; one for a process, since it holds the word lists.

    A further way of reading is a further stage of the line. Another model of meaning or other phrases of
    needs than those of the project can be given, to measure what they are worth.
    """

    def __init__(
        self,
        analyser: Analyser,
        gazetteer: Gazetteer,
        learnt: Meaning | None = None,
        phrases: Iterable[Phrase] | None = None,
    ) -> None:
        self._analyser = analyser
        with ThreadPoolExecutor(1) as beside:
            pieces = beside.submit(read_pieces)
            load_lists()
            book = Phrasebook(need_phrases() if phrases is None else phrases, analyser)
            signs = SignBook(sign_rows(), analyser.lemmas.known_in)
            pieces.result()  # the encoder of the next line takes them from where they are kept
            senses = Senses(analyser.directory)
        self._first: tuple[Stage, ...] = (
            crisis_stage,
            language_stage,
            partial(place_stage, gazetteer),
            wanted_stage,
            when_stage,
            partial(person_stage, signs, person_rules()),
        )
        self._last: tuple[Stage, ...] = (
            partial(need_stage, book, learnt or meaning(), senses),
            follows_stage,
        )

    def understand(self, question: str, ui_language: str, now: datetime | None = None) -> Understood:
        """What ``question`` asks, labels in ``ui_language``; *tonight* is counted from ``now`` (aware)."""
        return understood_from(self.read(question, ui_language, now or datetime.now(TIMEZONE)))

    def read(self, question: str, ui_language: str, now: datetime) -> Reading:
        """The reading after the last stage."""
        return self.finish(self.begin(question, ui_language, now))

    def begin(self, question: str, ui_language: str, now: datetime) -> Reading:
        """The reading before its needs are looked for, which takes longer than all the rest."""
        words = tuple(self._analyser.query_terms(question, None))
        reading = Reading(Question(question, words, ui_language, now.astimezone(TIMEZONE)))
        for stage in self._first:
            reading = stage(reading)
        return reading

    def finish(self, reading: Reading) -> Reading:
        """A reading that was begun, after the last stage."""
        for stage in self._last:
            reading = stage(reading)
        return reading


def understood_from(reading: Reading) -> Understood:
    """The answer of the line, without its workings; the words left are those that no stage understood."""
    words = reading.question.words
    left = (w.token.text for i, w in enumerate(words) if i not in reading.used and not w.is_stop)
    return Understood(
        language=reading.language,
        needs=reading.needs,
        place=reading.place,
        alternatives=reading.alternatives,
        open_at=reading.open_at,
        words=tuple(left),
        suggestions=reading.suggestions,
        because=reading.because,
        evidence=reading.evidence,
        crisis=reading.crisis,
        **{kind: getattr(reading, kind) for kind in OF_THE_PERSON},
    )

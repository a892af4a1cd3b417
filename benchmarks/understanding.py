"""`python -m benchmarks.understanding [--held-back] [QUESTIONS.jsonl ...]`: what each part is worth."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from time import process_time
from typing import NamedTuple
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from service.geo.places import gazetteer
from service.model import terms
from service.search.understand.grams import Grams
from service.search.understand.meaning.examples import blocks, examples, term_examples
from service.search.understand.meaning.grams import forms_of, grams
from service.search.understand.meaning.learn import Heard, learn, small
from service.search.understand.meaning.model import meaning
from service.search.understand.meaning.train import hear, prepared_home
from service.search.understand.understand import Understanding
from service.search.words.analyse import Analyser
from service.search.words.lexicon import Lexicon
from service.search.words.terms import QueryTerm

OWN = Path(__file__).parents[1] / "tests" / "relevance" / "need_set.csv"
HELD_BACK = 2  # the fifth of the phrases that no variant learns from when it is measured on phrases
_NEED = "service.search.understand.need"
_Kinds = tuple[Grams, ...]
_Forms = Callable[[Sequence[QueryTerm]], list[str]]


@dataclass(frozen=True, slots=True)
class Variant:
    """Everything but one part: what is dropped of the ``grams``, which ``forms`` of words are left."""

    name: str
    kept: Callable[[_Kinds], _Kinds] = tuple
    forms: _Forms = forms_of
    has_sense: bool = True
    has_lexicon: bool = True
    has_terms: bool = True
    has_clauses: bool = True
    is_calibrated: bool = True
    is_learnt: bool = False


class Question(NamedTuple):
    """A labelled question: any of ``needs`` is right as the first reading."""

    text: str
    language: str
    needs: frozenset[str]


def _without(why: str) -> _Forms:
    def forms(words: Sequence[QueryTerm]) -> list[str]:
        known = (word.alternatives for word in words if not word.is_stop)
        return [form for each in known for form in {one.term for one in each if one.why != why}]

    return forms


VARIANTS = (
    Variant("everything"),
    Variant("without the lexicon beside the model", has_lexicon=False),
    Variant("without the terms as examples", has_terms=False, is_learnt=True),
    Variant("without pieces of words", kept=lambda kinds: kinds[1:], is_learnt=True),
    Variant("without words and pairs", kept=lambda kinds: kinds[:1] + kinds[2:], is_learnt=True),
    Variant("without lemmas", forms=_without("lemma"), is_learnt=True),
    Variant("without parts of compounds", forms=_without("compound"), is_learnt=True),
    Variant("without the sentence model", has_sense=False, is_learnt=True),
    Variant("without reading clauses", has_clauses=False),
    Variant("without calibration", is_calibrated=False),
)


class Bench:
    """The phrases as heard, and everything that variants share."""

    def __init__(self) -> None:
        self.analyser = Analyser(Lexicon(prepared_home()))
        self.understanding = Understanding(self.analyser, gazetteer())
        self.given, self.named = examples(), term_examples()
        both = [*self.given, *self.named]
        needs = list(terms.needs())
        self.labels = np.array([needs.index(each.need) for each in both])
        self.texts = [each.phrase for each in both]
        self.heard = hear(self.texts, self.analyser)

    def hear(self, variant: Variant) -> Heard:
        """The phrases as this variant hears them."""
        parts = self.heard.grams
        if variant.forms is not forms_of:
            parts = [grams(t, variant.forms(self.analyser.query_terms(t, None))) for t in self.texts]
        senses = self.heard.senses if variant.has_sense else np.zeros_like(self.heard.senses)
        return Heard([variant.kept(kinds) for kinds in parts], senses)

    def rows(self, variant: Variant) -> NDArray[np.intp]:
        """What this variant learns from."""
        return np.arange(len(self.labels) if variant.has_terms else len(self.given))

    def held_back(self, variant: Variant, heard: Heard) -> float:
        """The share of a fifth of the phrases that is read right by a model that has not seen them."""
        outside = np.flatnonzero(blocks(self.given) == HELD_BACK)
        inside = np.setdiff1d(self.rows(variant), outside)
        learnt = learn(heard.only(inside), self.labels[inside])
        found = np.array(learnt.labels)[learnt.scores(heard.only(outside)).argmax(axis=1)]
        return float((found == self.labels[outside]).mean())

    def reader(self, variant: Variant, heard: Heard) -> Understanding:
        """An understanding with the model of this variant, of the project where none is learnt apart."""
        model = meaning()
        if variant.is_learnt:
            rows = self.rows(variant)
            model = small(learn(heard.only(rows), self.labels[rows]), list(terms.needs()), model.sharpness)
        model = model if variant.is_calibrated else replace(model, sharpness=1.0)
        phrases = None if variant.has_lexicon else ()
        return Understanding(self.analyser, gazetteer(), model, phrases)


def measured(reader: Understanding, variant: Variant, questions: Sequence[Question]) -> tuple[float, float]:
    """The share whose first need is right, and the share of needs found among the first three."""
    right = found = 0.0
    with ExitStack() as changed:
        if variant.forms is not forms_of:
            changed.enter_context(patch(f"{_NEED}.forms_of", variant.forms))
        if not variant.has_clauses:
            changed.enter_context(patch(f"{_NEED}.beside", lambda *_: []))
        for each in questions:
            codes = [need.code for need in reader.understand(each.text, each.language).needs]
            right += codes[:1] != [] and codes[0] in each.needs
            found += len(each.needs & set(codes)) / len(each.needs)
    return right / len(questions), found / len(questions)


def question_sets(paths: Sequence[str]) -> dict[str, list[Question]]:
    """Our own questions, and those of the files given (JSON lines with q, lang and needs)."""
    with OWN.open(encoding="utf-8", newline="") as file:
        rows = [Question(r["question"], r["language"], frozenset({r["need"]})) for r in csv.DictReader(file)]
    sets = {"own questions": rows}
    for path in map(Path, paths):
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        sets[path.stem] = [Question(r["q"], r["lang"], frozenset(r["needs"])) for r in lines]
    return sets


def main() -> None:
    """Print one row a variant: held-back phrases where asked, then need@1 and recall of needs of each set."""
    given = sys.argv[1:]
    with_phrases = "--held-back" in given
    sets, bench = question_sets([each for each in given if each != "--held-back"]), Bench()
    columns = [f"{name}: {figure}" for name in sets for figure in ("need@1", "all needs")]
    columns[:0] = ["held-back phrases"] * with_phrases
    print("| | " + " | ".join(columns) + " |")
    print("| --- " * (len(columns) + 1) + "|")
    for variant in VARIANTS:
        heard = bench.hear(variant)
        figures = [bench.held_back(variant, heard)] if with_phrases else []
        reader = bench.reader(variant, heard)
        for questions in sets.values():
            figures += measured(reader, variant, questions)
        print(f"| {variant.name} | " + " | ".join(f"{each:.3f}" for each in figures) + " |", flush=True)
    begin = process_time()
    for each in sets["own questions"]:
        bench.understanding.understand(each.text, each.language)
    print(f"\n{(process_time() - begin) * 1000 / len(sets['own questions']):.1f} ms of processor a question")


if __name__ == "__main__":
    main()

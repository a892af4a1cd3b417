"""The word groups of danger in ten languages, read into one tree of words."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path

from service.search.words.fold import folded_words

FOLDER = Path(__file__).parents[1] / "data" / "crisis"
LANGUAGES = ("nl", "fr", "en", "de", "ar", "tr", "uk", "es", "pl", "ro")
GAP = ".."
"""In a phrase of the lists: up to `GAP_WORDS` words may stand here."""
GAP_WORDS = 4


@dataclass(slots=True)
class Node:
    """A place in the tree: the words that may follow, and the groups of the phrases that end here."""

    children: dict[str, Node] = field(default_factory=dict)
    groups: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tree, and the words it knows.

    ``words`` are whole words, ``stems`` beginnings (without their star) by length, ``slips`` the words that
    are also known with a slip of the pen.
    """

    root: Node
    words: frozenset[str]
    stems: dict[int, frozenset[str]]
    slips: dict[str, str]


@cache
def lexicon() -> Lexicon:
    """All lists; built once for a process."""
    root, words, stems, slips = Node(), set[str](), set[str](), dict[str, str]()
    for language in LANGUAGES:
        for group, phrase in phrases(language):
            for keys in product(*(_keys(element, slips) for element in phrase.split())):
                _insert(root, keys, (language, group))
                words.update(key for key in keys if not key.endswith("*") and key != GAP)
                stems.update(key[:-1] for key in keys if key.endswith("*"))
    lengths = sorted({len(stem) for stem in stems})
    by_length = {n: frozenset(stem for stem in stems if len(stem) == n) for n in lengths}
    return Lexicon(root, frozenset(words), by_length, slips)


def phrases(language: str) -> Iterator[tuple[str, str]]:
    """Each phrase of one language's list with its group."""
    with (FOLDER / "words" / f"{language}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for phrase in row["words"].split(";"):
                yield row["group"], phrase


def _keys(element: str, slips: dict[str, str]) -> list[str]:
    """The keys of one element of a phrase: ``slaat/sloeg``, ``zelfmoord*``, ``~suicide``, ``..``."""
    if element == GAP:
        return [GAP]
    keys = []
    for word in element.split("/"):
        plain = "".join(folded_words(word.strip("~*")))
        key = plain + "*" if word.endswith("*") else plain
        keys.append(key)
        if word.startswith("~"):
            slips[plain] = key
    return keys


def _insert(root: Node, keys: tuple[str, ...], group: tuple[str, str]) -> None:
    node = root
    for key in keys:
        node = node.children.setdefault(key, Node())
    if group not in node.groups:
        node.groups.append(group)

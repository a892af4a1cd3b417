"""What of a page stands on its one sheet of paper; the code beside it leads to the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

LETTERS = 700  # of a description: some sixteen lines of a column in letters of 12 points
_LETTERS_OF_A_LINE = 45

ROWS = {"around": 2, "informal": 2, "wide": 2}
"""How many of each lane stand on paper in large letters; the first has those of a lane that is not there."""
ROWS_BESIDE_DANGER = {"around": 1, "informal": 1, "wide": 1}
"""The same where lines of danger stand above them, which are never left out."""


def split(paragraphs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each paragraph as what is printed of it and what is not, cut between words."""
    left = LETTERS
    for paragraph in paragraphs:
        kept = paragraph if len(paragraph) <= left else paragraph[: max(left, 0)].rpartition(" ")[0]
        yield kept, paragraph[len(kept) :].lstrip()
        left -= max(len(paragraph), _LETTERS_OF_A_LINE)

"""What a question was read to say about a danger, with the words that say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Topic = Literal["suicide", "self_harm", "violence", "child", "emergency", "poisoning", "talk"]
"""``talk``: no danger is said, but somebody to talk to is worth showing (despair, grief after a suicide)."""

TOPICS: tuple[Topic, ...] = ("suicide", "self_harm", "violence", "child", "poisoning", "emergency", "talk")


@dataclass(frozen=True, slots=True)
class CrisisReading:
    """A danger that the words speak of; ``certainty`` is 0 to 1, ``because`` are the words as typed.

    ``by`` tells who read it: the curated patterns or the model of danger.
    """

    topic: Topic
    certainty: float
    because: str
    by: Literal["pattern", "model"] = "pattern"

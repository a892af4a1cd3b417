"""How fast the machine runs Python at this moment: figures of two hours can be compared by it."""

from __future__ import annotations

import time

_TIMES = 9
_STEPS = 40_000


class _Row:
    """What a request mostly handles: small objects with attributes."""

    def __init__(self, number: int) -> None:
        self.number = number

    def facts(self) -> dict[str, object]:
        """A few facts in a new dictionary."""
        return {"number": self.number, "codes": (self.number % 7,), "name": str(self.number)}


def yardstick_ms() -> float:
    """Milliseconds of processor time for a fixed bit of Python, the best of nine.

    It depends on how the interpreter was built too: optimised by a profile it takes a third less.
    """
    return min(_once() for _again in range(_TIMES)) * 1000


def _once() -> float:
    begin = time.process_time()
    held = [_Row(number).facts() for number in range(_STEPS)]
    sorted(held, key=lambda each: str(each["name"]))
    return time.process_time() - begin

"""Where the lists of words and names lie that the readers of contacts know."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
"""The lists, one table each."""

"""The line of understanding, for the tests of what it reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.geo.places import gazetteer
from service.search.understand.understand import Understanding
from service.search.words.analyse import Analyser
from service.search.words.lexicon import Lexicon


@pytest.fixture(scope="session")
def line(lexicon_home: Path) -> Understanding:
    return Understanding(Analyser(Lexicon(lexicon_home)), gazetteer())

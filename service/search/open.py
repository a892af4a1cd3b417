"""Opening the search of a data folder: engine, gazetteer and word lists put together."""

from __future__ import annotations

from service.config import Settings
from service.geo.places import gazetteer
from service.search.index.factory import open_engine
from service.search.query.run import SearchService
from service.search.words.analyse import Analyser
from service.search.words.lexicon import Lexicon


def open_search(settings: Settings) -> SearchService:
    """The search of these settings. The index is read at the first question: it may be away, or come later.

    Raises BadSetting for a search server that this version cannot speak to, StorageError when word lists are
    missing and cannot be written.
    """
    return SearchService(open_engine(settings), gazetteer(), Analyser(Lexicon(settings.home)))

"""A search over the bundled catalogue, brought in by the same path as any source."""

import pytest

from importers.run import run_import
from service.config import Settings
from service.database.migrate import upgrade
from service.database.session import connect_engine
from service.geo.places import gazetteer
from service.search.index.build import build_index
from service.search.index.factory import document_maker, open_engine, open_writer
from service.search.query.criteria import read
from service.search.query.run import SearchService
from tests.api.made import analyser, understanding
from tests.conftest import FROZEN


@pytest.fixture(scope="session")
def catalogue(lexicon_home, tmp_path_factory):
    """The search service over the bundled catalogue."""
    home = tmp_path_factory.mktemp("catalogue")
    (home / "lexicon").symlink_to(lexicon_home / "lexicon")
    settings = Settings(home=home)
    database = connect_engine(settings)
    upgrade(database)
    run_import("catalogue", settings, database, FROZEN)
    build_index(database, open_writer(settings), document_maker(settings))
    words = analyser(lexicon_home)
    return SearchService(open_engine(settings), gazetteer(), words, understanding(words))


@pytest.fixture
def ask(catalogue, now):
    """A function from parameters to results; a list repeats one."""

    def search(**parameters):
        pairs = []
        for name, value in parameters.items():
            pairs += [(name, str(one)) for one in (value if isinstance(value, list) else [value])]
        return catalogue.search(read(pairs, strict=True), now)

    return search

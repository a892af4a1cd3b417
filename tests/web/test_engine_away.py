"""Where the index is away the database answers by need, place and filters; it is said, and ends by itself."""

import shutil
import socket
import sqlite3

import pytest

from service.app import create_app
from service.config import Settings
from service.database.migrate import upgrade
from service.database.session import connect_engine
from service.i18n.locales import interface
from service.i18n.messages import translator
from service.search.index.build import build_index
from service.search.index.factory import document_maker, open_writer
from service.web.notices import REDUCED
from tests.conftest import FROZEN
from tests.postgres import free_port
from tests.search_server import SearchServer, program
from tests.web.made import SECRET_STREET

FOOD = "/api/v1/search?need=food.parcel&near=1020&lang=nl"


@pytest.fixture(scope="module")
def home(settings, tmp_path_factory, lexicon_home):
    """A copy of the catalogue and its index, to be broken."""
    held = tmp_path_factory.mktemp("away")
    (held / "lexicon").symlink_to(lexicon_home / "lexicon")
    with sqlite3.connect(settings.home / "nabij.db") as here, sqlite3.connect(held / "nabij.db") as there:
        here.backup(there)
    here.close()
    there.close()
    for path in settings.home.glob("search*"):
        shutil.copy(path, held / path.name)
    return held


@pytest.fixture(scope="module")
def standing(home):
    return create_app(Settings(home=home), lambda: FROZEN).test_client()


def _gone(home):
    for path in home.glob("search*"):
        path.unlink()


def _renamed(home):
    for path in home.glob("search-*.db"):
        path.rename(path.with_suffix(".elsewhere"))


def _cut_short(home):
    for path in home.glob("search-*.db"):
        with path.open("r+b") as file:
            file.truncate(20_000)


def _scribbled(home):
    for path in home.glob("search-*.db"):
        with path.open("r+b") as file:
            file.write(b"not a database at all" * 5_000)


@pytest.fixture(params=[_gone, _renamed, _cut_short, _scribbled], ids=lambda how: how.__name__.strip("_"))
def broken(request, home, standing, tmp_path):
    """A client whose index was really taken away; it is put back afterwards, and answers again."""
    kept = {path.name: path.read_bytes() for path in home.glob("search*")}
    request.param(home)
    client = create_app(Settings(home=home), lambda: FROZEN).test_client()
    yield client
    for path in home.glob("search*"):
        path.unlink()
    for name, content in kept.items():
        (home / name).write_bytes(content)
    back = client.get(FOOD).json
    assert back["answered_by"] == "index"
    assert "index_away" not in [notice["code"] for notice in back["notices"]]


def test_the_same_needs_and_place_find_the_same_listings(standing, broken):
    answer = broken.get(FOOD).json
    assert answer["answered_by"] == "database"
    assert answer["notices"][0]["code"] == "index_away"
    assert answer["total"] > 20


def test_a_process_that_has_the_index_open_falls_back_and_comes_again(home, standing):
    with_index = standing.get(FOOD).json
    assert with_index["answered_by"] == "index"
    pointer = home / "search.current"
    pointer.rename(home / "search.elsewhere")
    without = standing.get(FOOD).json
    (home / "search.elsewhere").rename(pointer)
    again = standing.get(FOOD).json
    assert without["answered_by"] == "database"
    assert (without["total"], without["total_is_exact"]) == (with_index["total"], True)
    assert [r["id"] for r in without["results"]] == [r["id"] for r in with_index["results"]]
    assert (again["answered_by"], again["total"]) == ("index", with_index["total"])


@pytest.fixture(scope="module")
def alone(home, tmp_path_factory, lexicon_home):
    """A client of a catalogue that never had an index."""
    held = tmp_path_factory.mktemp("alone")
    (held / "lexicon").symlink_to(lexicon_home / "lexicon")
    with sqlite3.connect(home / "nabij.db") as here, sqlite3.connect(held / "nabij.db") as there:
        here.backup(there)
    here.close()
    there.close()
    return create_app(Settings(home=held), lambda: FROZEN).test_client()


@pytest.mark.parametrize(
    "asked",
    [
        "municipality=21012",
        "theme=food&near=Laken",
        "need=food.parcel&near=1020&within_m=2000",
        "near=1000&minutes=10&mode=walk",
        "need=food.parcel&zone=bxl-noord",
        "need=money.legal_aid&language=fr&near=Gent",
        "need=food.parcel&open_at=2026-11-24T11:00&near=1000",
        "need=food.parcel&channel=phone&b=betaalbaar&near=1020",
    ],
)
def test_filters_exclude_as_they_do_with_the_index(standing, alone, asked):
    with_index, without = (each.get(f"/api/v1/search?{asked}").json for each in (standing, alone))
    assert (with_index["answered_by"], without["answered_by"]) == ("index", "database")
    if without["total_is_exact"]:
        assert without["total"] == with_index["total"]
    assert [r["id"] for r in without["results"][:5]] == [r["id"] for r in with_index["results"][:5]]


def test_a_question_in_plain_words_is_understood(alone):
    answer = alone.get("/api/v1/search?q=ik+kan+mijn+huur+niet+betalen+molenbeek").json
    assert "housing.rent_arrears" in answer["results"][0]["needs"]
    assert answer["understood"]["place"]["nis"] == "21012"


def test_the_name_of_a_listing_is_found(alone):
    answer = alone.get("/api/v1/search?q=vluchthuis+de+haven&understand=false").json
    assert [each["service"] for each in answer["results"]] == ["Vluchthuis De Haven"]


def test_words_that_name_nothing_find_nothing(alone):
    answer = alone.get("/api/v1/search?q=qwzxkjh&understand=false").json
    assert (answer["total"], answer["answered_by"]) == (0, "database")


def test_a_hidden_address_stays_hidden(alone):
    answer = alone.get("/api/v1/search?need=safety.violence&municipality=21015")
    hidden = [each for each in answer.json["results"] if each["hidden"]]
    assert len(hidden) == 1
    assert hidden[0]["lat"] is None
    assert SECRET_STREET not in answer.get_data(as_text=True)


@pytest.mark.parametrize("lang", [locale.code for locale in interface()])
def test_the_page_says_so_in_every_language(alone, lang):
    answer = alone.get(f"/{lang}/search?need=food.parcel")
    assert answer.status_code == 200
    assert translator(lang).gettext(REDUCED) in answer.get_data(as_text=True).replace("&#39;", "'")
    assert lang == "en" or translator(lang).gettext(REDUCED) != REDUCED


def test_lines_to_call_stand_above_what_the_database_answers(alone):
    assert 'href="tel:1813"' in alone.get("/nl/search?q=ik+wil+dood").get_data(as_text=True)


def test_suggestions_go_on_without_an_index(alone):
    answer = alone.get("/api/v1/suggest?q=voedselp&lang=nl")
    assert "Voedselpakket" in [each["text"] for each in answer.json["suggestions"]]


@pytest.fixture(scope="module")
def nothing(tmp_path_factory, lexicon_home):
    """A client without an index, whose database was damaged under it."""
    home = tmp_path_factory.mktemp("nothing")
    (home / "lexicon").symlink_to(lexicon_home / "lexicon")
    held = Settings(home=home)
    upgrade(connect_engine(held))
    client = create_app(held, lambda: FROZEN).test_client()
    for path in home.glob("nabij.db*"):
        path.write_bytes(b"nothing that SQLite knows" * 1_000)
    return client


@pytest.mark.parametrize("how", ["get", "post"])
def test_lines_to_call_need_neither_index_nor_database(nothing, how):
    data = {"q": "ik wil dood", "situation": "free"}
    answer = (
        nothing.get("/nl/search?q=ik+wil+dood") if how == "get" else nothing.post("/nl/search", data=data)
    )
    assert answer.status_code == 503
    assert 'href="tel:1813"' in answer.get_data(as_text=True)


def test_without_both_there_is_a_person_to_ask_and_the_question_stays(nothing):
    html = nothing.get("/nl/search?q=voedselpakket").get_data(as_text=True)
    assert 'class="crisis"' not in html
    assert 'value="voedselpakket"' in html
    assert 'href="tel:1700"' in html


def test_a_search_server_that_refuses_is_away(home):
    held = Settings(home=home, search_url=f"http://127.0.0.1:{free_port()}")
    client = create_app(held, lambda: FROZEN).test_client()
    assert client.get(FOOD).json["answered_by"] == "database"
    assert client.get("/ready").json == {"status": "degraded", "database": True, "index": False}


def test_a_search_server_that_says_nothing_is_waited_for_once(home, monkeypatch):
    monkeypatch.setattr("service.search.engine.meilisearch.wire.READ_S", 0.4)
    with socket.create_server(("127.0.0.1", 0)) as server:
        held = Settings(home=home, search_url=f"http://127.0.0.1:{server.getsockname()[1]}")
        client = create_app(held, lambda: FROZEN).test_client()
        answers = [client.get(FOOD).json["answered_by"] for _ in range(3)]
        server.settimeout(0)
        server.accept()[0].close()
        with pytest.raises(BlockingIOError):
            server.accept()
    assert answers == ["database"] * 3


@pytest.mark.meilisearch
def test_a_search_server_that_stops_is_said_and_comes_back(home, tmp_path):
    found = program()
    if found is None:
        pytest.skip("no program `meilisearch` on PATH to stop and start")
    server = SearchServer(tmp_path, found)
    settings = Settings(home=home, search_url=server.url, search_admin_key=server.key)
    try:
        server.start()
        build_index(connect_engine(settings), open_writer(settings), document_maker(settings))
        client = create_app(settings, lambda: FROZEN).test_client()
        first = client.get(FOOD).json
        server.stop()
        without = client.get(FOOD).json
        in_words = client.get("/api/v1/search?q=voedselpakket&near=1020&lang=nl").json
        page = client.get("/nl/search?need=food.parcel&near=1020").get_data(as_text=True)
        server.start()
        again = client.get(FOOD).json
    finally:
        server.stop()
    assert [each["answered_by"] for each in (first, without, again)] == ["index", "database", "index"]
    assert without["notices"][0]["code"] == "index_away"
    assert [r["id"] for r in without["results"]] == [r["id"] for r in first["results"]]
    assert in_words["answered_by"] == "database"
    assert translator("nl").gettext(REDUCED) in page.replace("&#39;", "'")

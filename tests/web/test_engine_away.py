"""Where the index is away the lines to call are there all the same, and the question is not lost."""

import pytest

from service.app import create_app
from service.config import Settings
from service.database.migrate import upgrade
from service.database.session import connect_engine
from tests.conftest import FROZEN


@pytest.fixture(scope="module")
def alone(tmp_path_factory, lexicon_home):
    home = tmp_path_factory.mktemp("alone")
    (home / "lexicon").symlink_to(lexicon_home / "lexicon")
    held = Settings(home=home)
    upgrade(connect_engine(held))
    return create_app(held, lambda: FROZEN).test_client()


@pytest.mark.parametrize("how", ["get", "post"])
def test_lines_to_call_need_no_index(alone, how):
    data = {"q": "ik wil dood", "situation": "free"}
    answer = alone.get("/nl/search?q=ik+wil+dood") if how == "get" else alone.post("/nl/search", data=data)
    assert answer.status_code == 503
    assert 'href="tel:1813"' in answer.get_data(as_text=True)


def test_without_a_danger_there_is_a_person_to_ask_and_the_question_stays(alone):
    html = alone.get("/nl/search?q=voedselpakket").get_data(as_text=True)
    assert 'class="crisis"' not in html
    assert 'value="voedselpakket"' in html
    assert 'href="tel:1712"' in html


def test_suggestions_go_on_without_an_index(alone):
    answer = alone.get("/api/v1/suggest?q=voedselp&lang=nl")
    assert "Voedselpakket" in [each["text"] for each in answer.json["suggestions"]]

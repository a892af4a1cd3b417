"""Relations that answers over the real catalogue must keep, whatever the ranking becomes."""

import json
import subprocess
import sys
import threading
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import create_engine
from werkzeug.serving import make_server

from service.api.blueprint import create_blueprint
from service.geo.places import gazetteer

KIT = Path(__file__).parents[3] / "shared"


@pytest.mark.parametrize(
    ("question", "need"),
    [
        ("voedselbedeling Schaarbeek", "food.parcel"),
        ("restaurant social Anderlecht", "food.meal"),
        ("sociale kruidenier in Aalst", "food.grocery"),
        ("abri de nuit Bruxelles", "housing.shelter"),
        ("huurdersbond", "housing.tenant_rights"),
        ("médiation de dettes Ixelles", "money.debt"),
        ("praatgroep mantelzorgers", "caregiver.support_group"),
        ("espace public numérique", "digital.computer_access"),
        ("wassalon of douche", "basic.shower"),
        ("planning familial", "prevention.sexual_health"),
    ],
)
def test_first_three_answer_the_need(ask, question, need):
    results = ask(q=question).results
    assert any(need in result.needs for result in results[:3])


def test_place_named_is_where_the_first_result_lies(ask):
    around = [each for each in ask(q="voedselpakket in Molenbeek").results if each.lane == "around"]
    assert around[0].nis == "21012"


def test_centre_brings_what_is_near_before_what_is_far(ask):
    around = [each for each in ask(need="food.meal", near="Gent").results if each.lane == "around"]
    placed = [each.distance_m for each in around if each.distance_m is not None]
    assert placed[0] < 5_000 < placed[-1]


def test_both_languages_of_a_town_give_the_same_answer(ask):
    dutch, french = ask(need="food.parcel", near="Ukkel"), ask(need="food.parcel", near="Uccle")
    assert [each.id for each in dutch.results] == [each.id for each in french.results]


def test_suicidal_words_bring_the_line_first(ask):
    answer = ask(q="ik denk aan zelfmoord", lang="nl")
    assert answer.crisis[0].phone == "1813"
    assert "mental_health.crisis" in answer.results[0].needs


def test_situation_changes_the_order_and_not_the_number(ask):
    plain, free = ask(need="money.legal_aid"), ask(need="money.legal_aid", situation="free")
    assert plain.total == free.total
    ranks = [i for i, each in enumerate(free.results) if each.cost == "free"]
    before = [i for i, each in enumerate(plain.results) if each.cost == "free"]
    assert sum(ranks) / len(ranks) <= sum(before) / len(before)


def test_name_of_an_organization_is_found_by_it(ask):
    assert "Poverello" in ask(q="poverello").results[0].organization


def test_misspelt_name_is_found(ask):
    assert "Poverello" in ask(q="poverelo").results[0].organization


def test_hidden_addresses_show_no_place_anywhere(catalogue, ask):
    hidden = [each for page in range(1, 9) for each in ask(per_page=50, page=page).results if each.hidden]
    assert hidden
    assert all((each.address, each.lat, each.lon) == (None, None, None) for each in hidden)


def test_zone_holds_only_what_lies_in_it_or_serves_it(catalogue, ask):
    for result in ask(zone="bxl-noord", per_page=50).results:
        body = catalogue.engine.body(UUID(result.id))
        assert "bxl-noord" in {*body["zones"], *body["serves"]}


@pytest.mark.skipif(
    not KIT.is_dir(), reason="the measuring kit lies beside the project only where it is built"
)
def test_measured_questions_keep_their_level(catalogue, now, tmp_path):
    """The first reading measured 0.61 need@1, 0.64 success@3 and 1.0 place; below this something broke."""
    app = Flask("measured")
    app.register_blueprint(create_blueprint(catalogue, create_engine("sqlite://"), gazetteer(), lambda: now))
    server = make_server("127.0.0.1", 0, app)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found = tmp_path / "figures.json"
    command = [sys.executable, KIT / "tools" / "measure_search.py", f"http://127.0.0.1:{server.server_port}"]
    subprocess.run(
        [*command, KIT / "queries" / "dev.jsonl", "--json", found], check=True, capture_output=True
    )
    server.shutdown()
    figures = json.loads(found.read_text())["all"]
    assert figures["need@1"] >= 0.58
    assert figures["success@3"] >= 0.6
    assert figures["place"] >= 0.95
    assert figures["errors"] == 0

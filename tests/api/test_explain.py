"""What was understood can be seen, weighed, taken away, and leaves no trace."""

import logging

import pytest

from tests.api.made import listing

QUESTION = "gratis voedselpakket in Gent vanavond voor mijn oma van 86 in het Turks, ik wil niet meer leven"


@pytest.fixture
def api(town, client):
    return client(
        town(
            listing("Voedselbank Gent", "Gent"),
            listing("Kledingbank Gent", "Gent", needs=("basic.clothing",)),
            listing("Voedselbank Aalst", "Aalst"),
        )
    )


def ask(api, **asked):
    return api.get("/api/v1/search", query_string={"lang": "nl", **asked}).json


@pytest.mark.parametrize(
    "stage", ["crisis", "language", "place", "speaks", "time", "situation", "audience", "need", "meaning"]
)
def test_every_stage_says_what_it_saw_and_how_heavily(api, stage):
    seen = [
        each for each in ask(api, q=QUESTION, explain="true")["explain"]["stages"] if each["stage"] == stage
    ]
    assert seen
    assert all(each["reading"] and each["rule"] and each["weight"] > 0 for each in seen)


def test_words_of_the_evidence_are_those_typed(api):
    stages = ask(api, q=QUESTION, explain="true")["explain"]["stages"]
    parts = [part for each in stages for part in each["words"].split(" … ") if part]
    assert all(part in QUESTION for part in parts)


@pytest.mark.parametrize("key", ["stages", "person", "place", "sure", "engine", "parts"])
def test_explain_holds_every_part_of_the_way(api, key):
    assert key in ask(api, q=QUESTION, explain="true")["explain"]


def test_person_that_was_judged_for_is_explained(api):
    person = ask(api, q=QUESTION, explain="true")["explain"]["person"]
    assert person["speaks"] == ["tr"]
    assert "free" in person["situation"]
    assert "older" in person["audience"]


def test_without_explain_nothing_is_explained(api):
    assert "explain" not in ask(api, q=QUESTION)


def test_nothing_typed_is_logged_or_stored(api, tmp_path, caplog):
    with caplog.at_level(logging.DEBUG):
        ask(api, q=QUESTION + " xylofoonwoord", explain="true")
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"xylofoonwoord" not in written + caplog.text.encode()
    assert "leven" not in caplog.text


def test_sure_reading_offers_no_choice_of_what_was_followed(api):
    understood = ask(api, q="voedselpakket")["understood"]
    assert understood["is_sure"]
    assert "food.parcel" not in [each["code"] for each in understood["readings"]]


def test_unsure_reading_offers_what_it_may_be_about(api):
    understood = ask(api, q="iets regelen")["understood"]
    assert not understood["is_sure"]
    assert 1 <= len(understood["readings"]) <= 3


def test_reading_that_is_chosen_is_followed(api):
    (first, *_) = ask(api, q="iets regelen")["understood"]["readings"]
    chosen = ask(api, **dict(first["parameters"]))
    assert chosen["understood"]["is_sure"]
    assert first["code"] not in [each["code"] for each in chosen["understood"]["readings"]]


def test_need_taken_away_changes_the_answer(api):
    asked = {"q": "voedselpakket en kleren in Gent"}
    whole = {each["service"] for each in ask(api, **asked)["results"]}
    less = {each["service"] for each in ask(api, **asked, without="need:food.parcel")["results"]}
    assert "Voedselbank Gent" in whole
    assert "Voedselbank Gent" not in less


def test_place_taken_away_leaves_no_distance(api):
    asked = {"q": "voedselpakket in Gent"}
    assert ask(api, **asked)["results"][0]["distance_m"] == 0
    assert ask(api, **asked, without="place")["results"][0]["distance_m"] is None


def test_language_taken_away_is_not_understood(api):
    assert ask(api, q=QUESTION, without="speaks:tr")["understood"]["speaks"] == []

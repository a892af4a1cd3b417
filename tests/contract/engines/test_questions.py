"""What every search engine does with the same question."""

from __future__ import annotations

from datetime import date
from math import cos, radians, sin

import numpy as np
import pytest

from service.geo.point import Point, distance_m
from service.model.clauses import AllOf, Between, Clause, Has, Known, Not, OneOf, Within
from service.search.engine.base import EngineQuery
from tests.contract.engine_samples import TOWNS, Indexed, doc, filler, listing_id, names, word

GENT = TOWNS["Gent"][:2]


class TestSelecting:
    def test_nothing_asked_is_everything(self, indexed: Indexed) -> None:
        assert indexed(doc("a"), doc("b")).search(EngineQuery()).total == 2

    def test_a_need_selects(self, indexed: Indexed) -> None:
        engine = indexed(doc("a", needs=("food.parcel",)), doc("b", needs=("food.meal",)), doc("c"))
        assert names(engine, EngineQuery(needs={"food.parcel": 0.9})) == ["a"]

    def test_the_surest_need_counts(self, indexed: Indexed) -> None:
        engine = indexed(doc("a", needs=("food.meal", "food.parcel")), doc("b", needs=("food.meal",)))
        found = engine.search(EngineQuery(needs={"food.parcel": 0.9, "food.meal": 0.25})).candidates
        assert found.need.tolist() == pytest.approx([0.9, 0.25])

    def test_all_words_come_before_any(self, indexed: Indexed) -> None:
        engine = indexed(doc("both", "huur advies"), doc("one", "huur"), doc("other", "advies"))
        assert names(engine, EngineQuery(words=(word("huur"), word("advies")))) == ["both"]

    def test_what_was_expected_changes_no_answer(self, indexed: Indexed) -> None:
        engine = indexed(doc("both", "huur advies"), doc("one", "huur"), doc("other", "fiets"))
        with engine.expecting(lambda: (word("huur"), word("fiets"))):
            pass
        assert names(engine, EngineQuery(words=(word("huur"), word("advies")))) == ["both"]

    def test_any_word_where_no_document_holds_all(self, indexed: Indexed) -> None:
        engine = indexed(doc("one", "huur"), doc("other", "advies"), doc("neither", "fiets"))
        assert set(names(engine, EngineQuery(words=(word("huur"), word("advies"))))) == {"one", "other"}

    def test_all_words_are_sought_among_what_passes_the_filters(self, indexed: Indexed) -> None:
        engine = indexed(doc("both", "huur advies", cost="fixed"), doc("one", "huur", cost="free"))
        query = EngineQuery(words=(word("huur"), word("advies")), where=(Has("cost", frozenset({"free"})),))
        assert names(engine, query) == ["one"]

    def test_an_alternative_stands_for_its_word(self, indexed: Indexed) -> None:
        engine = indexed(doc("a", "huurachterstand"), doc("b", "fiets"))
        assert names(engine, EngineQuery(words=(word("huurachterstnd", ("huurachterstand", 0.8)),))) == ["a"]

    def test_an_alternative_counts_for_less(self, indexed: Indexed) -> None:
        engine = indexed(doc("typo", "huis"), doc("exact", "huid"))
        found = engine.search(EngineQuery(words=(word("huid", ("huis", 0.5)),))).candidates
        assert found.text[1] == pytest.approx(found.text[0] / 2)

    def test_words_beside_a_need_add_what_holds_them_all(self, indexed: Indexed) -> None:
        engine = indexed(
            doc("need", "brood", needs=("food.parcel",)), doc("words", "gratis soep"), doc("one", "gratis")
        )
        query = EngineQuery(needs={"food.parcel": 1.0}, words=(word("gratis"), word("soep")))
        assert set(names(engine, query)) == {"need", "words"}

    def test_beside_a_need_a_single_word_of_two_does_not_select(self, indexed: Indexed) -> None:
        engine = indexed(doc("need", needs=("food.parcel",)), doc("one", "gratis"))
        query = EngineQuery(needs={"food.parcel": 1.0}, words=(word("gratis"), word("soep")))
        assert names(engine, query) == ["need"]

    def test_a_frequent_word_ranks_but_does_not_select(self, indexed: Indexed) -> None:
        engine = indexed(doc("a", "huur hulp"), doc("b", "huur"), *filler(30, "hulp"))
        assert names(engine, EngineQuery(words=(word("huur"), word("hulp")))) == ["a", "b"]

    def test_with_frequent_words_only_all_remain(self, indexed: Indexed) -> None:
        engine = indexed(doc("a", "huur"), *filler(30, "hulp"))
        assert engine.search(EngineQuery(words=(word("hulp"),))).total == 31

    def test_a_word_of_no_document_finds_nothing(self, indexed: Indexed) -> None:
        assert indexed(doc("a", "huur")).search(EngineQuery(words=(word("zzz"),))).total == 0

    @pytest.mark.parametrize("term", ['"', "a*", "NEAR(", "name : x", "l'aide", "c++", "-x", "(", "é"])
    def test_a_term_is_never_syntax(self, indexed: Indexed, term: str) -> None:
        engine = indexed(doc("holds", f"voor {term} na"), doc("not", "voor na"))
        assert names(engine, EngineQuery(words=tuple(word(each) for each in term.split()))) == ["holds"]


class TestTextScore:
    def test_lies_between_0_and_1(self, indexed: Indexed) -> None:
        texts = dict.fromkeys(("name", "labels", "place", "body"), "huur")
        found = indexed(doc("a", texts=texts)).search(EngineQuery(words=(word("huur"),))).candidates
        assert 0 < found.text[0] < 1

    def test_a_name_says_more_than_a_description(self, indexed: Indexed) -> None:
        engine = indexed(doc("body", "huur"), doc("name", texts={"name": "huur"}))
        assert names(engine, EngineQuery(words=(word("huur"),))) == ["name", "body"]

    def test_half_the_words_score_less_than_all(self, indexed: Indexed) -> None:
        engine = indexed(doc("a", "huur"))
        whole = engine.search(EngineQuery(words=(word("huur"),))).candidates.text[0]
        half = engine.search(EngineQuery(words=(word("huur"), word("advies")))).candidates.text[0]
        assert half < whole

    def test_a_rare_word_weighs_more_than_a_frequent_one(self, indexed: Indexed) -> None:
        engine = indexed(doc("rare", "leefloon"), *filler(15, "gezin"))
        assert names(engine, EngineQuery(words=(word("leefloon"), word("gezin"))))[0] == "rare"

    def test_is_nothing_without_words(self, indexed: Indexed) -> None:
        assert indexed(doc("a", "huur")).search(EngineQuery()).candidates.text.tolist() == [0.0]


FACTS = {
    "open": {
        "needs": ("food.parcel", "food.meal"),
        "cost": "free",
        "minimum_age": 18,
        "municipality": "44021",
    },
    "shut": {"needs": ("housing.shelter",), "cost": "fixed", "minimum_age": 60, "municipality": "21004"},
    "dark": {},
}


class TestClauses:
    @pytest.mark.parametrize(
        ("clause", "passing"),
        [
            (Has("needs", frozenset({"food.meal", "money.debt"})), {"open"}),
            (Has("cost", frozenset({"free", "fixed"})), {"open", "shut"}),
            (Has("municipality", frozenset({"44021"})), {"open"}),
            (Has("municipality", frozenset({""})), set()),
            (Has("languages", frozenset({"xx"})), set()),
            (Has("cost", frozenset()), set()),
            (Known("needs"), {"open", "shut"}),
            (Known("cost"), {"open", "shut"}),
            (Known("municipality"), {"open", "shut"}),
            (Known("minimum_age"), {"open", "shut"}),
            (Between("minimum_age", 18, 59), {"open"}),
            (Between("minimum_age", 0, 120), {"open", "shut"}),
            (AllOf(()), {"open", "shut", "dark"}),
            (OneOf(()), set()),
            (AllOf((Has("cost", frozenset({"free"})), Between("minimum_age", 0, 17))), set()),
            (OneOf((Has("cost", frozenset({"free"})), Between("minimum_age", 60, 60))), {"open", "shut"}),
            (Not(Has("cost", frozenset({"free"}))), {"shut", "dark"}),
            (AllOf((Known("cost"), Not(Has("cost", frozenset({"free"}))))), {"shut"}),
        ],
    )
    def test_passes(self, indexed: Indexed, clause: Clause, passing: set[str]) -> None:
        engine = indexed(*(doc(name, **facts) for name, facts in FACTS.items()))
        assert set(names(engine, EngineQuery(where=(clause,)))) == passing

    def test_every_clause_must_pass(self, indexed: Indexed) -> None:
        engine = indexed(*(doc(name, **facts) for name, facts in FACTS.items()))
        where = (Known("cost"), Has("municipality", frozenset({"21004"})))
        assert names(engine, EngineQuery(where=where)) == ["shut"]

    def test_within_a_radius(self, indexed: Indexed) -> None:
        engine = indexed(doc("far", town="Mechelen"), doc("near", town="Molenbeek"), doc("nowhere"))
        assert names(engine, EngineQuery(where=(Within(*TOWNS["Brussel"][:2], 3_000),))) == ["near"]

    @pytest.mark.parametrize("town", ["Molenbeek", "Mechelen", "Oostende"])
    def test_the_edge_of_a_radius_is_inside(self, indexed: Indexed, town: str) -> None:
        engine = indexed(doc("there", town=town))
        edge = distance_m(Point(*GENT), Point(*TOWNS[town][:2]))
        assert engine.search(EngineQuery(where=(Within(*GENT, edge + 0.01),))).total == 1
        assert engine.search(EngineQuery(where=(Within(*GENT, edge - 0.01),))).total == 0

    def test_a_radius_can_hold_the_world(self, indexed: Indexed) -> None:
        engine = indexed(doc("sydney", point=(-33.87, 151.21)), doc("nowhere"))
        assert names(engine, EngineQuery(where=(Within(*GENT, 20_100_000),))) == ["sydney"]

    @pytest.mark.parametrize("centre", [(51.0, 180.0), (51.0, -180.0), (89.9, 4.0), (-90.0, 0.0)])
    def test_a_circle_at_the_edge_of_the_map_is_one_too(
        self, indexed: Indexed, centre: tuple[float, float]
    ) -> None:
        engine = indexed(doc("gent", town="Gent"), doc("nowhere"))
        assert names(engine, EngineQuery(where=(Within(*centre, 200_000),))) == []
        assert sorted(names(engine, EngineQuery(where=(Not(Within(*centre, 1_000)),)))) == ["gent", "nowhere"]

    def test_an_unknown_column_is_an_error(self, indexed: Indexed) -> None:
        with pytest.raises(ValueError, match="colour"):
            indexed(doc("a")).search(EngineQuery(where=(Known("colour"),)))


class TestOrder:
    def test_nearest_first(self, indexed: Indexed) -> None:
        engine = indexed(*(doc(town, town=town) for town in TOWNS))
        ordered = names(engine, EngineQuery(point=GENT))
        assert ordered == ["Gent", "Molenbeek", "Brussel", "Mechelen", "Oostende"]

    @pytest.mark.parametrize("limit", [4, 30, 150])
    def test_none_that_is_nearer_is_left_out(self, indexed: Indexed, limit: int) -> None:
        """Each lies 4.5 % farther from Gent than the one before, from 50 m to 35 km, all around."""
        metres = [50 * 1.045**number for number in range(150)]
        turned = [2.4 * number for number in range(150)]
        points = [
            (GENT[0] + far * cos(turn) / 111_195, GENT[1] + far * sin(turn) / 111_195 / cos(radians(GENT[0])))
            for far, turn in zip(metres, turned, strict=True)
        ]
        engine = indexed(*(doc(str(number), point=point) for number, point in enumerate(points)))
        found = names(engine, EngineQuery(point=GENT, limit=limit))
        assert found == [str(number) for number in range(limit)]

    def test_a_centre_excludes_nothing(self, indexed: Indexed) -> None:
        engine = indexed(doc("a", town="Gent"), doc("phone"))
        assert names(engine, EngineQuery(point=GENT)) == ["a", "phone"]

    def test_help_without_a_place_keeps_a_share_of_the_candidates(self, indexed: Indexed) -> None:
        engine = indexed(doc("phone"), *filler(20, town="Gent"))
        assert "phone" in names(engine, EngineQuery(point=GENT, limit=8))

    def test_help_without_a_place_takes_a_quarter_at_most(self, indexed: Indexed) -> None:
        engine = indexed(*filler(20), *(doc(f"gent {number}", town="Gent") for number in range(20)))
        found = names(engine, EngineQuery(point=GENT, limit=8))
        assert len(found) == 8
        assert sum(name.startswith("gent") for name in found) == 6

    def test_distance_is_along_the_surface(self, indexed: Indexed) -> None:
        found = indexed(doc("a", town="Oostende")).search(EngineQuery(point=GENT)).candidates
        expected = distance_m(Point(*GENT), Point(*TOWNS["Oostende"][:2]))
        assert found.distance_m[0] == pytest.approx(expected, abs=0.01)

    def test_distance_is_unknown_without_a_point(self, indexed: Indexed) -> None:
        assert np.isnan(indexed(doc("a")).search(EngineQuery(point=GENT)).candidates.distance_m[0])

    def test_distance_is_unknown_without_a_centre(self, indexed: Indexed) -> None:
        assert np.isnan(indexed(doc("a", town="Gent")).search(EngineQuery()).candidates.distance_m[0])

    def test_equal_matches_are_nearest_first(self, indexed: Indexed) -> None:
        engine = indexed(doc("far", "huur", town="Oostende"), doc("near", "huur", town="Gent"))
        assert names(engine, EngineQuery(words=(word("huur"),), point=GENT)) == ["near", "far"]

    def test_without_a_centre_the_surer_need_comes_first(self, indexed: Indexed) -> None:
        engine = indexed(doc("less", needs=("food.meal",)), doc("more", needs=("food.parcel",)))
        assert names(engine, EngineQuery(needs={"food.meal": 0.3, "food.parcel": 0.9})) == ["more", "less"]

    def test_among_equals_the_newest_word_comes_first(self, indexed: Indexed) -> None:
        days = (date(2026, 8, 1) - date(1970, 1, 1)).days
        engine = indexed(doc("undated"), doc("old", said_on=days - 900), doc("new", checked_on=days))
        assert names(engine, EngineQuery()) == ["new", "old", "undated"]

    def test_gives_at_most_the_limit(self, indexed: Indexed) -> None:
        answer = indexed(*filler(30)).search(EngineQuery(limit=7))
        assert (len(answer.candidates), answer.total, answer.total_is_exact) == (7, 30, True)

    def test_the_best_are_among_the_limit(self, indexed: Indexed) -> None:
        engine = indexed(*filler(50, "fiets", texts={"labels": ""}), doc("named", texts={"name": "rad"}),
                         *(doc(f"rad {n}", "rad") for n in range(5)))  # fmt: skip
        assert names(engine, EngineQuery(words=(word("rad"),), limit=1)) == ["named"]


class TestCandidates:
    def test_sets_are_bits_of_the_vocabulary(self, indexed: Indexed) -> None:
        facts = indexed(doc("a", channels=("phone", "on_site"))).search(EngineQuery()).candidates.facts
        assert facts["channels"].tolist() == [[0b11]]

    def test_long_vocabularies_take_several_words(self, indexed: Indexed) -> None:
        facts = indexed(doc("a", languages=("nl", "mt"))).search(EngineQuery()).candidates.facts
        assert facts["languages"].shape == (1, 2)
        assert [int(each).bit_count() for each in facts["languages"][0]] == [1, 1]

    def test_codes_count_from_one(self, indexed: Indexed) -> None:
        facts = (
            indexed(doc("a", cost="free", said_on=2), doc("b", said_on=1))
            .search(EngineQuery())
            .candidates.facts
        )
        assert facts["cost"].tolist() == [1, 0]

    def test_open_codes_can_be_read(self, indexed: Indexed) -> None:
        engine = indexed(doc("a", hours="Mo-Fr 09:00-12:00"))
        place = int(engine.search(EngineQuery()).candidates.facts["hours"][0])
        assert (engine.open_codes("hours")[place], engine.open_codes("hours")[0]) == ("Mo-Fr 09:00-12:00", "")

    def test_unknown_numbers_and_points_are_no_number(self, indexed: Indexed) -> None:
        facts = indexed(doc("a")).search(EngineQuery()).candidates.facts
        assert np.isnan(facts["minimum_age"][0])
        assert np.isnan(facts["point"]).tolist() == [[True, True]]

    def test_bodies_come_in_the_order_asked(self, indexed: Indexed) -> None:
        engine = indexed(doc("a"), doc("b"))
        keys = engine.search(EngineQuery()).candidates.keys.tolist()
        bodies = engine.bodies(keys)
        assert sorted(body["name"] for body in bodies if body) == ["a", "b"]
        assert engine.bodies(keys[::-1]) == bodies[::-1]

    def test_a_body_by_id(self, indexed: Indexed) -> None:
        body = indexed(doc("a")).body(listing_id("a"))
        assert body is not None
        assert body["name"] == "a"

    def test_no_body_for_a_strange_id(self, indexed: Indexed) -> None:
        assert indexed(doc("a")).body(listing_id("b")) is None


class TestFacets:
    def test_counts_codes_of_each_kind(self, indexed: Indexed) -> None:
        engine = indexed(
            doc("a", theme=("food", "money"), cost="free", municipality="44021"),
            doc("b", theme=("food",), municipality="44021"),
            doc("c"),
        )
        facets = engine.search(EngineQuery(facets=("theme", "cost", "municipality"))).facets
        assert facets == {"theme": {"food": 2, "money": 1}, "cost": {"free": 1}, "municipality": {"44021": 2}}

    def test_counts_what_is_selected_beyond_the_limit(self, indexed: Indexed) -> None:
        engine = indexed(*filler(30, cost="free"), doc("other", cost="fixed"))
        query = EngineQuery(where=(Has("cost", frozenset({"free"})),), facets=("cost",), limit=5)
        assert engine.search(query).facets == {"cost": {"free": 30}}

    def test_counts_nothing_where_nothing_is_selected(self, indexed: Indexed) -> None:
        query = EngineQuery(where=(OneOf(()),), facets=("theme",))
        assert indexed(doc("a", theme=("food",))).search(query).facets == {"theme": {}}

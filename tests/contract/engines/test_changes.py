"""What every search engine does when its documents change."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.errors import IndexNotReady
from service.model.clauses import Has, Known
from service.search.engine.base import Engine, EngineQuery, Writer
from service.search.query.expand import Expander
from service.search.words.fold import Token
from service.search.words.terms import Alternative, QueryTerm
from tests.contract.engine_samples import NOW, TOWNS, Indexed, Kit, doc, filler, listing_id, names, word

GENT = TOWNS["Gent"][:2]


def query_term(text: str) -> QueryTerm:
    """A word of a question that no dictionary has."""
    itself = Alternative(text, 1.0, "exact")
    return QueryTerm(Token(text, text, 0, len(text)), (itself,), is_stop=False, is_known=False)


class TestChanging:
    def test_a_change_is_found(self, indexed: Indexed, writer: Writer) -> None:
        engine = indexed(doc("a", "huur"))
        assert engine.search(EngineQuery(words=(word("advies"),))).total == 0
        writer.update([doc("a", "advies"), doc("b", "advies")], [], 2)
        assert set(names(engine, EngineQuery(words=(word("advies"),)))) == {"a", "b"}

    def test_what_a_document_no_longer_says_is_not_found(self, indexed: Indexed, writer: Writer) -> None:
        engine = indexed(doc("a", "huur", cost="free"))
        writer.update([doc("a", "advies")], [], 2)
        assert engine.search(EngineQuery(words=(word("huur"),))).total == 0
        assert engine.search(EngineQuery(where=(Known("cost"),))).total == 0

    def test_a_removed_document_is_gone(self, indexed: Indexed, writer: Writer) -> None:
        engine = indexed(doc("a", "huur"), doc("b", "huur"))
        writer.update([], [listing_id("a")], 2)
        assert names(engine, EngineQuery(words=(word("huur"),))) == ["b"]
        assert engine.search(EngineQuery(facets=("theme",))).total == 1
        assert engine.body(listing_id("a")) is None

    def test_removing_what_is_not_there_is_no_error(self, indexed: Indexed, writer: Writer) -> None:
        engine = indexed(doc("a"))
        writer.update([], [listing_id("zzz")], 2)
        assert engine.status().documents == 1

    def test_terms_follow(self, indexed: Indexed, writer: Writer) -> None:
        engine = indexed(doc("a", "huur huur advies"), doc("b", "huur"))
        assert engine.terms() == {"huur": 2, "advies": 1}
        writer.update([doc("a", "huur soep")], [listing_id("b")], 2)
        assert engine.terms() == {"huur": 1, "soep": 1}

    def test_a_new_word_is_found_beside_those_that_it_may_be_a_slip_of(
        self, indexed: Indexed, writer: Writer
    ) -> None:
        expander = Expander(indexed(doc("a", "zonnebloemen"), doc("b", "huur")))
        asked = query_term("zonnebloemex")
        before = [each.term for each in expander.words([asked])[0].alternatives]
        writer.update([doc("b", "zonnebloemex")], [], 2)
        after = [each.term for each in expander.words([asked])[0].alternatives]
        assert (before, after) == (["zonnebloemen"], ["zonnebloemex", "zonnebloemen"])

    def test_new_codes_can_be_filtered_and_counted(self, indexed: Indexed, writer: Writer) -> None:
        engine = indexed(doc("a", municipality="44021", needs=("food.meal",)))
        engine.search(EngineQuery(where=(Has("municipality", frozenset({"21004"})),)))
        writer.update([doc("b", municipality="21004", needs=("food.meal", "food.parcel"))], [], 2)
        query = EngineQuery(where=(Has("municipality", frozenset({"21004"})),), facets=("needs",))
        assert names(engine, query) == ["b"]
        assert engine.search(query).facets["needs"] == {"food.meal": 1, "food.parcel": 1}

    def test_the_counts_of_a_question_asked_before_follow(self, indexed: Indexed, writer: Writer) -> None:
        engine = indexed(doc("a", cost="free", needs=("food.meal",)))
        query = EngineQuery(
            where=(Has("cost", frozenset({"free"})),), needs={"food.meal": 1.0}, facets=("needs",)
        )
        assert engine.search(query).facets["needs"] == {"food.meal": 1}
        writer.update([doc("b", cost="free", needs=("food.meal",))], [], 2)
        assert engine.search(query).facets["needs"] == {"food.meal": 2}

    def test_many_changes_one_after_the_other(self, indexed: Indexed, writer: Writer) -> None:
        engine = indexed(*filler(10, "huur"))
        for position in range(2, 40):
            writer.update([doc(f"vulling {position % 10}", f"huur ronde{position}")], [], position)
            found = engine.search(EngineQuery(words=(word(f"ronde{position}"),)))
            assert (found.total, engine.status().documents) == (1, 10)

    def test_position_goes_with_the_change(self, indexed: Indexed, writer: Writer) -> None:
        engine = indexed(doc("a"))
        writer.update([doc("b")], [], 7)
        assert (engine.status().position, engine.status().documents) == (7, 2)

    def test_an_older_batch_changes_nothing(self, indexed: Indexed, writer: Writer) -> None:
        engine = indexed(doc("a", "oud"))
        writer.update([doc("a", "nieuw")], [], 9)
        writer.update([doc("a", "ouder")], [listing_id("a")], 8)
        assert names(engine, EngineQuery(words=(word("nieuw"),))) == ["a"]
        assert engine.status().position == 9

    def test_a_batch_read_behind_what_the_index_holds_waits(self, indexed: Indexed, writer: Writer) -> None:
        engine = indexed(doc("a", "oud"))
        writer.update([doc("a", "nieuw")], [], 9, after=5)
        assert names(engine, EngineQuery(words=(word("oud"),))) == ["a"]
        assert engine.status().position == 1

    def test_the_same_batch_twice_is_the_same_as_once(self, indexed: Indexed, writer: Writer) -> None:
        engine = indexed(doc("a", "huur"))
        for _again in range(2):
            writer.update([doc("b", "huur")], [], 2)
        assert (engine.status().documents, engine.terms()) == (2, {"huur": 2})

    def test_of_a_document_given_twice_the_last_holds(self, indexed: Indexed, writer: Writer) -> None:
        engine = indexed(doc("x"))
        writer.update([doc("a", "eerst"), doc("a", "laatst")], [], 2)
        assert engine.terms() == {"laatst": 1}

    def test_bodies_of_keys_found_before_a_change(self, indexed: Indexed, writer: Writer) -> None:
        engine = indexed(doc("a"), doc("b"))
        keys = engine.search(EngineQuery()).candidates.keys.tolist()
        before = [body and body["name"] for body in engine.bodies(keys)]
        writer.update([doc("a", "anders")], [listing_id("b")], 2)
        after = [body and body["name"] for body in engine.bodies(keys)]
        assert dict(zip(before, after, strict=True)) == {"a": "a", "b": None}

    def test_digests_tell_documents_apart(self, indexed: Indexed, writer: Writer) -> None:
        engine = indexed(doc("a", "huur"), doc("b", "huur"))
        before = dict(engine.digests())
        writer.update([doc("a", "huur"), doc("b", "huur", cost="free")], [], 2)
        after = dict(engine.digests())
        assert before[listing_id("a")] == after[listing_id("a")] == doc("a", "huur").digest()
        assert before[listing_id("b")] != after[listing_id("b")]


class TestRebuilding:
    def test_a_reader_meets_the_new_index(self, indexed: Indexed, writer: Writer) -> None:
        engine = indexed(doc("a", "huur"))
        assert engine.search(EngineQuery()).total == 1
        generation = engine.status().generation
        writer.build([doc("b", "huur"), doc("c", "huur")], 5)
        assert names(engine, EngineQuery(words=(word("huur"),))) == ["b", "c"]
        assert (engine.status().position, engine.status().documents) == (5, 2)
        assert engine.status().generation != generation

    def test_a_failed_build_leaves_the_old_index(self, indexed: Indexed, writer: Writer) -> None:
        engine = indexed(doc("a"))

        def broken():
            yield doc("b")
            raise RuntimeError("the database went away")

        with pytest.raises(RuntimeError):
            writer.build(broken(), 9)
        assert names(engine, EngineQuery()) == ["a"]
        assert engine.status().position == 1

    def test_an_index_can_be_empty(self, indexed: Indexed) -> None:
        query = EngineQuery(words=(word("a"),), needs={"food.meal": 1.0}, point=GENT, facets=("theme",))
        assert indexed().search(query).total == 0

    def test_says_when_it_was_built(self, indexed: Indexed) -> None:
        assert indexed(doc("a")).status().built_at == NOW.isoformat()

    def test_build_says_how_many(self, writer: Writer) -> None:
        assert writer.build([doc("a"), doc("b")], 0) == 2

    def test_without_an_index_it_is_not_ready(self, engine: Engine) -> None:
        with pytest.raises(IndexNotReady, match="nabij index build"):
            engine.search(EngineQuery())

    def test_changes_need_an_index(self, writer: Writer) -> None:
        with pytest.raises(IndexNotReady, match="nabij index build"):
            writer.update([doc("a")], [], 1)

    def test_an_index_of_other_fields_is_not_ready(
        self, indexed: Indexed, kit: Kit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        indexed(doc("a"))
        monkeypatch.setattr(kit.fingerprint, lambda: "other")
        with pytest.raises(IndexNotReady, match="nabij index build"):
            kit.open_engine(tmp_path).search(EngineQuery())

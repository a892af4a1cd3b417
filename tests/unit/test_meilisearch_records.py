"""Documents written as bytes and read again, and words matched with them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from service.search.engine.base import Document, EngineQuery
from service.search.engine.fts5.reader import Fts5Engine
from service.search.engine.fts5.writer import Fts5Writer
from service.search.engine.meilisearch.documents import row_key, stored
from service.search.engine.meilisearch.records import Slip, count_codes, packed, unpacked
from service.search.engine.meilisearch.table import Held, Table
from service.search.engine.meilisearch.texts import text_scores
from service.search.index.fields import COLUMNS
from tests.contract.engine_samples import doc, filler, listing_id, word

CODES = {"food.parcel": "needs", "free": "cost"}


def record(document: Document):
    return held([unpacked(str(document.id), packed(document), {"hours": 7, "municipality": 3})]).records()[0]


def held(slips: Sequence[Slip]) -> Held:
    table = Table(len(slips), sum(len(slip.terms) for slip in slips))
    table.add(dict(enumerate(slips)))
    return table.find(range(len(slips)))


class TestRecord:
    def test_holds_every_kind(self) -> None:
        held = record(
            doc("a", "huur advies", town="Gent", channels=("phone", "on_site"), cost="free", minimum_age=18)
        )
        assert held["channels"].tolist() == [0b11]
        assert (int(held["cost"]), float(held["minimum_age"]), int(held["length"])) == (1, 18.0, 2)
        assert held["point"].tolist() == [51.0538, 3.7250]
        assert (int(held["hours"]), int(held["municipality"])) == (7, 3)

    def test_what_is_unknown_has_no_value(self) -> None:
        held = record(doc("a"))
        assert (held["channels"].tolist(), int(held["cost"])) == ([0], 0)
        assert np.isnan(held["minimum_age"])
        assert np.isnan(held["point"]).all()

    def test_a_strange_code_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="cost"):
            packed(doc("a", cost="gold"))


class TestCounts:
    @pytest.mark.parametrize("many", [0, 1, 255, 256, 65_535, 65_536])
    def test_of_however_many_none_is_left_out(self, many: int) -> None:
        records = np.repeat(record(doc("a", needs=("food.parcel",), cost="free"))[np.newaxis], many)
        counts = {code: count_codes(records, column, ()) for code, column in CODES.items()}
        assert counts == {code: {code: many} if many else {} for code in CODES}

    def test_each_has_its_own(self) -> None:
        documents = [doc("a", channels=("phone",)), doc("b", channels=("phone", "on_site")), doc("c")]
        slips = [unpacked(str(each.id), packed(each), {}) for each in documents]
        assert count_codes(held(slips).records(), "channels", ()) == {"on_site": 1, "phone": 2}


class TestStored:
    def test_an_unknown_fact_is_not_there(self) -> None:
        assert set(stored(doc("a"))) & set(COLUMNS) == set()

    def test_a_hidden_address_has_no_point(self) -> None:
        assert "_geo" not in stored(doc("a"))

    def test_another_state_of_a_listing_has_another_key(self) -> None:
        assert stored(doc("a", "huur"))["key"] != stored(doc("a", "advies"))["key"]

    def test_two_listings_that_say_the_same_have_two_keys(self) -> None:
        digest = doc("a").digest()
        assert row_key(str(listing_id("a")), digest) != row_key(str(listing_id("b")), digest)

    def test_a_key_is_a_whole_number_of_63_bits(self) -> None:
        assert 0 <= row_key(str(listing_id("a")), "f" * 32) < 2**63


def test_words_score_as_in_the_embedded_engine(tmp_path) -> None:
    documents = [
        doc("name", "huur advies wonen", texts={"name": "huur"}),
        doc("all", "huur", texts=dict.fromkeys(("name", "labels", "place"), "huur advies")),
        doc("long", " ".join(f"woord{number}" for number in range(300)) + " huur"),
        doc("lemma", "huren"),
        doc("none", "fiets"),
        *filler(40, "advies"),
    ]
    words = (word("huur", ("huren", 0.9)), word("advies"))
    Fts5Writer(tmp_path).build(documents, 1)
    engine = Fts5Engine(tmp_path)
    found = engine.search(EngineQuery(words=words)).candidates
    names = [body["name"] if body else "" for body in engine.bodies(found.keys.tolist())]
    known = held([unpacked(str(each.id), packed(each), {}) for each in documents])
    scores = text_scores(known, known.records(), words, [4, 42], len(documents)).tolist()
    ours = {str(each.body["name"]): score for each, score in zip(documents, scores, strict=True)}
    assert [ours[name] for name in names] == pytest.approx(found.text.tolist(), abs=1e-5)
    assert set(names) == {"name", "all", "long", "lemma"}

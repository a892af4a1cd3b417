import csv

import pytest
import sqlalchemy as sa

from importers.lock import import_lock
from service.database.claims import source, source_record_version
from service.database.runs import import_run, rejected_row
from service.database.session import reading
from service.errors import Busy, NotFound, SourceError

from .conftest import HEADER, pantry


def counts(report):
    return (report.created, report.updated, report.unchanged, report.withdrawn, report.rejected)


def ten(*but):
    return [pantry(f"k{n}") for n in range(10) if n not in but]


def test_rows_become_records(world):
    report = world.load(world.write("lijst.csv", ten()))
    assert counts(report) == (10, 0, 0, 0, 0)
    assert world.records()["k3"]["values"]["phone.numbers"] == ["+3224112233"]


def test_the_same_file_again_changes_nothing(world):
    path = world.write("lijst.csv", ten())
    world.load(path)
    assert counts(world.load(path)) == (0, 0, 10, 0, 0)


def test_a_changed_cell_is_an_update_and_the_earlier_version_is_kept(world):
    world.load(world.write("lijst.csv", ten()))
    report = world.load(world.write("lijst.csv", [*ten(3), pantry("k3", phone="1712")]))
    assert counts(report) == (0, 1, 9, 0, 0)
    with reading(world.engine) as connection:
        (version,) = connection.execute(sa.select(source_record_version)).mappings()
    assert version["values"]["phone.numbers"] == ["+3224112233"]


def test_a_row_that_vanished_is_withdrawn(world):
    world.load(world.write("lijst.csv", ten()))
    assert counts(world.load(world.write("lijst.csv", ten(3)))) == (0, 0, 9, 1, 0)
    assert "k3" not in world.records()


def test_a_row_that_comes_back_speaks_again(world):
    for rows in (ten(), ten(3), ten()):
        world.load(world.write("lijst.csv", rows))
    assert "k3" in world.records()


def test_a_bad_row_is_refused_with_row_column_and_reason_and_the_good_ones_land(world):
    report = world.load(world.write("lijst.csv", [*ten(), pantry("kapot", phone="bel ons")]))
    assert counts(report) == (10, 0, 0, 0, 1)
    (reject,) = report.rejects
    assert (reject.file, reject.row, reject.column, reject.value) == (
        "lijst.csv", 12, "phone.numbers", "bel ons",
    )  # fmt: skip
    assert reject.reason == "is not a telephone number"
    assert reject.suggestion


def test_rejects_are_written_for_the_publisher(world):
    rows = [*ten(), pantry("kapot", phone="=1+1")]
    report = world.load(world.write("lijst.csv", rows))
    with report.rejects_path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["row"], row["column"], row["value"]) == ("12", "phone.numbers", "'=1+1")


def test_rejects_are_in_the_journal(world):
    world.load(world.write("lijst.csv", [*ten(), pantry("kapot", phone="bel ons", needs="pizza")]))
    with reading(world.engine) as connection:
        (row,) = connection.execute(sa.select(rejected_row)).mappings()
        (run,) = connection.execute(sa.select(import_run)).mappings()
    assert (row["row"], row["file"]) == (12, "lijst.csv")
    assert (run["state"], run["created"], run["rejected"]) == ("finished", 10, 1)


def test_a_row_that_turned_bad_does_not_withdraw_its_record(world):
    world.load(world.write("lijst.csv", ten()))
    report = world.load(world.write("lijst.csv", [*ten(3), pantry("k3", phone="bel ons")]))
    assert counts(report) == (0, 0, 9, 0, 1)
    assert world.records()["k3"]["values"]["phone.numbers"] == ["+3224112233"]


def test_a_ragged_row_does_not_withdraw_its_record(world):
    world.load(world.write("lijst.csv", ten()))
    report = world.load(world.write("lijst.csv", [*ten(2, 3), ("k3", "Vzw De Brug")]))
    assert counts(report) == (0, 0, 8, 1, 1)
    assert "k3" in world.records()


def test_nothing_is_withdrawn_while_the_key_of_a_row_cannot_be_read(world):
    world.load(world.write("lijst.csv", ten()))
    report = world.load(world.write("lijst.csv", [*ten(3), pantry("")]))
    assert counts(report) == (0, 0, 9, 0, 1)
    assert "nothing is withdrawn" in report.warnings[0]


def test_a_key_that_is_there_twice_is_refused_the_second_time(world):
    report = world.load(world.write("lijst.csv", [*ten(), pantry("k3", name="Iets anders")]))
    assert counts(report) == (10, 0, 0, 0, 1)
    assert report.rejects[0].reason == "is the key of lijst.csv row 5 too; that one is kept"
    assert world.records()["k3"]["values"]["service.name@nl"] == "Voedselhulp Molenbeek"


def test_a_drop_of_more_than_a_fifth_stops_the_load(world):
    world.load(world.write("lijst.csv", ten()))
    changed = [*ten(1, 2, 3, 9), pantry("k9", phone="1712")]
    with pytest.raises(SourceError, match="3 of its 10 records are gone"):
        world.load(world.write("lijst.csv", changed))
    assert len(world.records()) == 10
    assert world.records()["k9"]["values"]["phone.numbers"] == ["+3224112233"]


def test_a_drop_that_is_right_can_be_accepted(world):
    world.load(world.write("lijst.csv", ten()))
    report = world.load(world.write("lijst.csv", ten(1, 2, 3)), accept_drop=True)
    assert report.withdrawn == 3


def test_a_drop_of_a_fifth_is_taken(world):
    world.load(world.write("lijst.csv", ten()))
    assert world.load(world.write("lijst.csv", ten(1, 2))).withdrawn == 2


def test_a_file_without_a_good_row_writes_nothing(world):
    with pytest.raises(SourceError, match="0 rows are good") as error:
        world.load(world.write("lijst.csv", [pantry("k", phone="bel ons")]))
    assert "row 2, phone.numbers" in str(error.value)
    assert world.records() == {}


@pytest.mark.parametrize(("least", "is_enough"), [(10, True), (11, False)])
def test_a_source_says_how_many_rows_it_has_at_least(world, least, is_enough):
    world.write("bron/lijst.csv", ten())
    card = f"id: bron\nname: Bron\nassertions: {{minimum: {least}}}\n"
    (world.files / "bron" / "source.yml").write_text(card)
    if is_enough:
        assert world.load(world.files / "bron").created == 10
    else:
        with pytest.raises(SourceError, match="at least 11 are expected"):
            world.load(world.files / "bron")
        assert world.records() == {}


def test_more_rows_than_expected_are_a_warning(world):
    world.write("bron/lijst.csv", ten())
    (world.files / "bron" / "source.yml").write_text("id: bron\nname: Bron\nassertions: {maximum: 9}\n")
    report = world.load(world.files / "bron")
    assert (report.created, report.warnings) == (10, ["10 rows are good and at most 9 were expected"])


def test_a_file_that_a_card_speaks_of_is_read_with_that_card(world):
    path = world.write("bron/lijst.csv", ten())
    (world.files / "bron" / "source.yml").write_text("id: stad\nname: Stad\npublisher: Stad Gent\n")
    assert world.load(path).source == "stad"


def test_a_file_alone_is_a_source_whose_publisher_is_not_known(world):
    world.load(world.write("Lijst van Jan.csv", ten()))
    with reading(world.engine) as connection:
        (row,) = connection.execute(sa.select(source)).mappings()
    assert (row["id"], row["publisher"]) == ("lijst-van-jan", None)


def test_a_header_that_cannot_be_read_writes_nothing(world):
    with pytest.raises(SourceError, match="column Kleur is unknown"):
        world.load(world.write("lijst.csv", [], header=[*HEADER, "Kleur"]))
    assert world.records() == {}


def test_bad_bytes_refuse_their_row_only(world):
    path = world.write("lijst.csv", ten())
    path.write_bytes(path.read_bytes() + b"k10,Caf\xe9,Hulp,food.meal,1712\r\n")
    report = world.load(path)
    assert counts(report) == (10, 0, 0, 0, 1)
    assert report.rejects[0].column == "organization.name"


def test_the_bytes_are_kept_once_with_date_and_checksum(world):
    path = world.write("lijst.csv", ten())
    world.load(path)
    world.load(path)
    (kept,) = (world.home / "raw" / "lijst").iterdir()
    assert kept.name.startswith("2026-11-24-")
    assert kept.read_bytes() == path.read_bytes()


def test_a_dry_run_writes_nothing(world):
    world.load(world.write("lijst.csv", ten()))
    before = {path: path.read_bytes() for path in world.home.rglob("*.csv")}
    rows = [*ten(3, 4), pantry("k3", phone="1712"), pantry("nieuw"), pantry("kapot", phone="x")]
    report = world.load(world.write("lijst.csv", rows), dry_run=True)
    assert counts(report) == (1, 1, 8, 1, 1)
    assert {path: path.read_bytes() for path in world.home.rglob("*.csv")} == before
    assert world.records()["k3"]["values"]["phone.numbers"] == ["+3224112233"]


def test_a_dry_run_tells_the_differences_field_by_field(world):
    world.load(world.write("lijst.csv", ten()))
    rows = [*ten(3, 4), pantry("k3", phone="1712"), pantry("nieuw")]
    report = world.load(world.write("lijst.csv", rows), dry_run=True)
    assert {str(each) for each in report.differences} == {
        "k3 phone.numbers: ['+3224112233'] -> ['1712']", "nieuw: new", "k4: gone",
    }  # fmt: skip


def test_a_dry_run_stops_where_the_import_would(world):
    world.load(world.write("lijst.csv", ten()))
    with pytest.raises(SourceError, match="more than a fifth"):
        world.load(world.write("lijst.csv", ten(1, 2, 3)), dry_run=True)


def test_a_second_import_at_once_says_who_is_at_it(world):
    path = world.write("lijst.csv", ten())
    with (
        import_lock(world.home, world.engine),
        pytest.raises(Busy, match=r"An import is running \(process \d+\)"),
    ):
        world.load(path)
    assert world.load(path).created == 10


def test_an_unknown_source_is_named_beside_the_known_ones(world):
    with pytest.raises(NotFound, match=r"nergens is neither a source \(catalogue"):
        world.load("nergens")


def test_the_report_ends_with_the_five_counts(world):
    rows = [*ten(), pantry("kapot", phone="x")]
    lines = list(world.load(world.write("lijst.csv", rows)).lines())
    assert lines[-5:] == ["created: 10", "updated: 0", "unchanged: 0", "withdrawn: 0", "rejected: 1"]
    assert any("row 12, phone.numbers" in line for line in lines)


def test_a_record_says_where_its_words_stand(world):
    world.load(world.write("lijst.csv", ten()))
    (kept,) = (world.home / "raw" / "lijst").iterdir()
    assert world.records()["k3"]["raw"] == {"file": kept.name, "row": 5}


def test_the_street_of_a_hidden_address_is_not_in_the_database(world):
    header = (*HEADER, "address.hidden", "address.street@fr")
    row = (*pantry("schuil"), "yes", "Rue du Silence")
    world.load(world.write("lijst.csv", [row], header=header))
    world.engine.dispose()
    assert all(b"Silence" not in path.read_bytes() for path in world.home.glob("nabij.db*"))

import pytest

from importers.registry import find_source, sources
from service.errors import NotFound, SourceError


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "source.yml").write_text("id: bron\nname: Bron\n")
    (tmp_path / "b.csv").write_text("key\n")
    (tmp_path / "a.csv").write_text("key\n")
    return tmp_path


def test_the_bundled_catalogue_is_a_source_by_name():
    assert "catalogue" in sources()


def test_a_name_goes_before_a_folder_of_that_name(tmp_path, monkeypatch):
    (tmp_path / "catalogue").mkdir()
    monkeypatch.chdir(tmp_path)
    assert find_source("catalogue").card.name == "Nabij starter catalogue"


def test_a_folder_is_read_with_all_its_files_in_order(folder):
    assert [path.name for path in find_source(str(folder)).files] == ["a.csv", "b.csv"]


def test_one_file_of_a_source_stands_for_the_whole_source(folder):
    assert [path.name for path in find_source(str(folder / "b.csv")).files] == ["a.csv", "b.csv"]


def test_a_folder_without_a_card_says_what_is_missing(tmp_path):
    with pytest.raises(SourceError, match=r"holds no source.yml"):
        find_source(str(tmp_path))


def test_a_card_that_names_a_file_that_is_not_there(folder):
    (folder / "source.yml").write_text("id: bron\nname: Bron\nfiles: [a.csv, c.csv]\n")
    with pytest.raises(SourceError, match=r"not there: c.csv"):
        find_source(str(folder))


def test_a_folder_without_files(tmp_path):
    (tmp_path / "source.yml").write_text("id: bron\nname: Bron\n")
    with pytest.raises(SourceError, match="holds no csv file"):
        find_source(str(tmp_path))


def test_what_is_no_source_is_not_found(tmp_path):
    with pytest.raises(NotFound):
        find_source(str(tmp_path / "weg.csv"))

"""A zip that is broken, locked, too large or leads elsewhere is refused or read safely."""

import struct
import zipfile

import pytest

from importers.raw import look_at_raw
from importers.readers.archive import unpack
from service.errors import SourceError
from tests.importers.feeds import write_feed


def _zip(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return path


def _names(path, folder):
    folder.mkdir()
    return [member.name for member in unpack(look_at_raw(path), folder)]


def test_a_bomb_is_refused(world, tmp_path):
    path = _zip(tmp_path / "feed.zip", **{"services.csv": b"0" * 20_000_000})
    with pytest.raises(SourceError, match="would unpack to"):
        world.load(path)


def test_a_name_that_leads_elsewhere_stays_in_the_folder(tmp_path):
    path = _zip(tmp_path / "feed.zip", **{"../../services.csv": "id\n"})
    assert _names(path, tmp_path / "there") == ["services.csv"]
    assert [each.name for each in (tmp_path / "there").iterdir()] == ["000000"]


def test_leftovers_of_a_mac_are_no_data(tmp_path):
    path = _zip(
        tmp_path / "feed.zip", **{"__MACOSX/._services.csv": "x", ".DS_Store": "x", "services.csv": "id\n"}
    )
    assert _names(path, tmp_path / "there") == ["services.csv"]


def test_a_locked_zip_is_refused(world, tmp_path):
    path = _zip(tmp_path / "feed.zip", **{"services.csv": "id\n"})
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02") + 8
    content[at : at + 2] = struct.pack("<H", 1)
    path.write_bytes(content)
    with pytest.raises(SourceError, match="locked with a password"):
        world.load(path)


@pytest.mark.parametrize("content", [b"PK\x03\x04 half a zip", b"PK\x05\x06"])
def test_a_broken_zip_is_refused(world, tmp_path, content):
    (tmp_path / "feed.zip").write_bytes(content)
    with pytest.raises(SourceError, match="no zip that can be read"):
        world.load(tmp_path / "feed.zip")


def test_a_zip_whose_bytes_changed_on_the_way_is_refused(world, tmp_path):
    folder = write_feed(tmp_path / "camden")
    path = _zip(tmp_path / "feed.zip", **{each.name: each.read_bytes() for each in sorted(folder.iterdir())})
    content = bytearray(path.read_bytes())
    content[60] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(SourceError):
        world.load(path)


def test_a_cell_of_hundred_megabytes_refuses_its_row_only(world, tmp_path):
    folder = write_feed(tmp_path / "camden")
    with (folder / "services.csv").open("a", encoding="utf-8") as file:
        file.write(f's2,o1,"{"x" * 100_000_000}",Long\n')
        file.write("s3,o1,Another,After it\n")
    report = world.load(folder)
    assert (sorted(world.records()), report.rejected) == (["s1 l1", "s3"], 1)


def test_data_in_a_page_that_is_too_deep_is_refused(world, tmp_path):
    deep = '{"@graph":' * 50_000
    (tmp_path / "page.html").write_text(f'<script type="application/ld+json">{deep}</script>')
    with pytest.raises(SourceError, match="cannot be read"):
        world.load(tmp_path / "page.html")

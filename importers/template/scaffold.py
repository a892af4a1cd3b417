"""Lays out a new source: its card, its code, a sample, and a test that fails until the source is written."""

from __future__ import annotations

import re
from pathlib import Path

from service.errors import BadParameter, StorageError

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")

_CARD = """\
id: {id}
name: {id}
# Who says it and under which licence, as read at the source; what was not read stays empty.
publisher:
licence:
attribution:
url:
# The address of the data; without it: nabij import FILE --as {id}
feed:
country: BE
frequency: monthly
precedence: 20
format: json
# Left out on purpose; every other value must be taken by source.py.
ignore: []
assertions: {{minimum: 1}}
quirks: []
"""

_CODE = '''\
"""Listings of {id}."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from importers.entry import Cell
from importers.readers.taken import Taken


def listings(record: Taken) -> Iterator[tuple[str, Mapping[str, Cell]]]:
    """One listing for each record: its key, which stays, and its fields."""
    yield record.text("id"), {{
        "organization.name": record.text("organization"),
        "service.name@nl": record.text("name"),
    }}
'''

_SAMPLE = """\
[{"id": "1", "organization": "Buurthuis De Linde", "name": "Wasserette", "place": "Ninove"}]
"""

_TEST = '''\
"""The source {id}, from a sample in the shape of its publisher."""

from pathlib import Path

SAMPLE = Path(__file__).parent / "samples" / "{folder}.json"


def test_every_record_of_the_sample_lands(world):
    assert world.load(SAMPLE, as_source="{id}").rejects == []


def test_every_value_of_the_sample_is_taken_or_ignored_on_purpose(world):
    assert world.load(SAMPLE, as_source="{id}").warnings == []
'''


def new_source(name: str, root: Path) -> list[Path]:
    """Write the four files under the folder of the project; gives where they are.

    The sample has a value that the code does not take, so the test fails until somebody looked at both.
    Raises BadParameter for a name that cannot be one or is taken, StorageError when nothing can be written.
    """
    if not _NAME.fullmatch(name):
        raise BadParameter(
            "NAME", f"{name!r} is not a name of a source.", "a-z, 0-9 and hyphens, as in food-aid"
        )
    folder = name.replace("-", "_")
    there = root / "importers" / "sources" / folder
    if there.exists():
        raise BadParameter("NAME", f"{there} is there already.", "another name")
    words = {"id": name, "folder": folder}
    files = {
        there / "__init__.py": "",
        there / "source.yml": _CARD.format(**words),
        there / "source.py": _CODE.format(**words),
        root / "tests" / "importers" / "samples" / f"{folder}.json": _SAMPLE,
        root / "tests" / "importers" / f"test_source_{folder}.py": _TEST.format(**words),
    }
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise StorageError(f"{there} cannot be written: {error.strerror}.") from None
    return [path for path, content in files.items() if content]

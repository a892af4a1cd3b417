"""The word lists on disk: lemmas and frequencies as tries, built once, checked, and mapped into memory."""

from __future__ import annotations

import json
import math
import os
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from time import monotonic
from typing import Any

import marisa_trie
from simplemma.strategies import DefaultDictionaryFactory, StreamDictionaryFactory

from service.errors import StorageError
from service.home import in_turn
from service.search.words.fold import fold

LEMMA_LANGUAGES = ("nl", "fr", "de", "en", "ar", "tr", "uk", "es", "pl", "ro")
COMPOUND_LANGUAGES = ("nl", "de")
LISTING_LANGUAGES = ("nl", "fr", "de", "en")
"""The languages that listings are written in: without their lists nothing can be indexed."""

LOOK_AGAIN_S = 5.0
"""How often it is seen whether a list that was missing has come (others may be building it)."""

Progress = Callable[[int, int, str], None]
"""Called with (files done, files in all, what was done) while the lexicon is built."""

# The Polish dictionary has 3.7 million forms: read whole it takes 1 GB, so only forms in use (wordfreq) are
# taken.
_COMMON_FORMS_ONLY = ("pl",)
_FORMAT = 1  # raise when a trie's keys or values change their meaning
_MANIFEST = "manifest.json"
_SLOW_LANGUAGES = ("pl", "tr", "de", "uk", "es")  # the largest dictionaries first


def lexicon_directory(home: Path) -> Path:
    """Where the built word lists of a data folder are."""
    return home / "lexicon"


def prepare(home: Path, progress: Progress | None = None, languages: Collection[str] | None = None) -> Path:
    """Build every word list of the data folder that is missing, damaged or of other versions.

    Gives its folder. With ``languages`` only theirs. Each file is written beside and renamed, so that a
    reader never meets half a file. Raises StorageError when the folder cannot be written.
    """
    directory = lexicon_directory(home)
    wanted = LEMMA_LANGUAGES if languages is None else languages
    names = [name for name in _builders() if _language(name) in wanted]
    if not _missing(directory, names):
        return directory
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with in_turn(directory / "lock"):  # whoever waited finds the lists of the other process
            recorded, missing = _recorded(directory), _missing(directory, names)
            for done, (name, sizes) in enumerate(_build_all(directory, missing), start=1):
                recorded[name] = sizes
                _replace(directory / _MANIFEST, json.dumps(_manifest(recorded), indent=1).encode())
                if progress:
                    progress(done, len(missing), name)
    except OSError as error:
        raise StorageError(f"The word lists cannot be written to {directory}: {error.strerror}.") from error
    return directory


def _missing(directory: Path, names: list[str]) -> list[str]:
    recorded = _recorded(directory)
    return [name for name in names if not _is_sound(directory / name, recorded.get(name))]


def _build_all(directory: Path, names: list[str]) -> Iterator[tuple[str, dict[str, int]]]:
    """Each list with its sizes as it comes ready; several are built by a process for each core."""
    if not names:
        return
    if len(names) == 1:
        yield names[0], _build(directory, names[0])
        return
    # Spawned, not forked: whoever prepares may have threads, and macOS forbids forking then.
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as processes:
        slow = [_lemma_file(language) for language in _SLOW_LANGUAGES]
        slowest_first = sorted(names, key=lambda name: slow.index(name) if name in slow else len(slow))
        building = {processes.submit(_build, directory, name): name for name in slowest_first}
        for each in as_completed(building):
            yield building[each], each.result()


class Lexicon:
    """The opened word lists; looking up touches only the pages it needs, which processes share.

    Those of the listings' languages are built first where they are missing. Another language has no words
    until its list is there, and is opened when it has come.
    """

    def __init__(self, home: Path) -> None:
        directory = self.directory = prepare(home, languages=LISTING_LANGUAGES)
        self.lemmas: Mapping[str, Any] = _Lists(
            directory, LEMMA_LANGUAGES, _lemma_file, marisa_trie.BytesTrie
        )
        self.frequencies: Mapping[str, Any] = _Lists(
            directory, COMPOUND_LANGUAGES, _frequency_file, lambda: marisa_trie.RecordTrie("<H")
        )


class _Lists(Mapping[str, Any]):
    """The lists of one kind by language; one that is not there yet is empty."""

    def __init__(
        self,
        directory: Path,
        languages: tuple[str, ...],
        file_of: Callable[[str], str],
        make: Callable[[], Any],
    ) -> None:
        self._directory, self._languages, self._file_of, self._make = directory, languages, file_of, make
        self._opened: dict[str, Any] = {}
        self._empty = make()
        self._look_at = 0.0

    def __getitem__(self, language: str) -> Any:  # noqa: ANN401 (marisa_trie has no types)
        found = self._opened.get(language)
        if found is not None:
            return found
        if language not in self._languages:
            raise KeyError(language)
        if monotonic() >= self._look_at:
            self._open_new()
        return self._opened.get(language, self._empty)

    def __iter__(self) -> Iterator[str]:
        return iter(self._languages)

    def __len__(self) -> int:
        return len(self._languages)

    def _open_new(self) -> None:
        recorded = _recorded(self._directory)
        for language in self._languages:
            path = self._directory / self._file_of(language)
            sizes = recorded.get(path.name)
            if (
                language not in self._opened
                and sizes
                and path.is_file()
                and path.stat().st_size == sizes["bytes"]
            ):
                self._opened[language] = self._make().mmap(str(path))
        self._look_at = monotonic() + LOOK_AGAIN_S


def _lemma_file(language: str) -> str:
    return f"lemmas-{language}.trie"


def _language(file_name: str) -> str:
    return file_name.removesuffix(".trie").rpartition("-")[2]


def _frequency_file(language: str) -> str:
    return f"frequencies-{language}.trie"


def _builders() -> dict[str, Callable[[], Any]]:
    lemmas = {_lemma_file(each): lambda each=each: _lemma_trie(each) for each in LEMMA_LANGUAGES}
    frequencies = {
        _frequency_file(each): lambda each=each: _frequency_trie(each) for each in COMPOUND_LANGUAGES
    }
    return {**lemmas, **frequencies}


def _lemma_trie(language: str) -> Any:  # noqa: ANN401 (marisa_trie has no types)
    """Folded form to how its folded lemmas are made; one form may have several, since folding joins payé
    and paye.
    """
    if language in _COMMON_FORMS_ONLY:
        return marisa_trie.BytesTrie(_folded_pairs(_common_forms(language)))
    words = DefaultDictionaryFactory(cache_max_size=1).get_dictionary(language)
    return marisa_trie.BytesTrie(_folded_pairs(words.items()))


def _common_forms(language: str) -> Iterator[tuple[str, str]]:
    from wordfreq import get_frequency_dict  # takes 0.3 s to import and serves only here

    words = StreamDictionaryFactory(cache_max_size=1).get_dictionary(language)
    for word in get_frequency_dict(language, wordlist="large"):
        if word.isalpha() and (lemma := words.get(word) or words.get(word.capitalize())):
            yield word, lemma


def _folded_pairs(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    lemmas: dict[str, str] = {}
    for form, lemma in pairs:
        if form.isalpha() and len(form) > 1:
            if lemma not in lemmas:
                lemmas[lemma] = fold(lemma).replace("'", "")
            key = fold(form).replace("'", "")
            yield key, ending_rule(key, lemmas[lemma])


def ending_rule(form: str, lemma: str) -> bytes:
    """How the lemma is made from the form: how many letters fall away, then what is added (huizen, huis: 3,
    s).

    Rules are shared by thousands of forms where lemmas are not, which makes a trie a third smaller.
    """
    common = len(lemma)
    while not form.startswith(lemma[:common]):
        common -= 1
    return bytes((len(form) - common,)) + lemma[common:].encode()


def apply_ending(form: str, rule: bytes) -> str:
    """The lemma of a form by a rule of `ending_rule`."""
    return form[: len(form) - rule[0]] + rule[1:].decode()


def _frequency_trie(language: str) -> Any:  # noqa: ANN401 (marisa_trie has no types)
    """Folded word to its Zipf frequency times a hundred (the logarithm of uses in a thousand million
    words).
    """
    from wordfreq import get_frequency_dict

    total: dict[str, float] = {}
    for word, frequency in get_frequency_dict(language, wordlist="large").items():
        if word.isalpha() and len(word) > 2:
            key = fold(word).replace("'", "")
            total[key] = total.get(key, 0.0) + frequency
    return marisa_trie.RecordTrie(
        "<H", ((key, (round(100 * (math.log10(f) + 9)),)) for key, f in total.items())
    )


def _build(directory: Path, name: str) -> dict[str, int]:
    content: bytes = _builders()[name]().tobytes()
    _replace(directory / name, content)
    return {"bytes": len(content), "crc32": zlib.crc32(content)}


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _versions() -> dict[str, object]:
    return {"format": _FORMAT, **{name: version(name) for name in ("simplemma", "wordfreq", "marisa-trie")}}


def _manifest(files: dict[str, dict[str, int]]) -> dict[str, object]:
    return {"versions": _versions(), "files": files}


def _recorded(directory: Path) -> dict[str, dict[str, int]]:
    try:
        manifest = json.loads((directory / _MANIFEST).read_text("utf-8"))
        files: dict[str, dict[str, int]] = manifest["files"] if manifest["versions"] == _versions() else {}
    except (OSError, ValueError, LookupError, TypeError):
        return {}
    return files


def _is_sound(path: Path, recorded: dict[str, int] | None) -> bool:
    if recorded is None:
        return False
    try:
        content = path.read_bytes() if path.stat().st_size == recorded["bytes"] else b""
    except OSError:
        return False
    return zlib.crc32(content) == recorded["crc32"]

"""Streams the records of a JSON file of any size, with limits on depth, on one record and on one text."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import ijson  # type: ignore[import-untyped]

from importers.raw import RawFile
from importers.readers.encoding import encoding_of
from service.errors import SourceError

MAX_DEPTH = 40
"""Objects and lists within each other; HSDS has under 12."""
MAX_PARTS = 200_000
"""Values in one record; the fullest seen have under 5,000."""
MAX_TEXT_BYTES = 16 << 20
"""Bytes of one text; who writes more in one value writes something else."""
_TELL_EVERY = 200  # records between two looks at how far the file is read
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_Events = Iterator[tuple[str, Any]]


def stream_records(
    file: RawFile, is_list: Callable[[str, dict[str, Any]], bool], reach: Callable[[int], None]
) -> Iterator[tuple[str, Any]]:
    """Each record with the key of the list that it stands in (empty: the outermost list, or alone).

    The file is a list, one value, or a value on each line. ``is_list(key, before)`` says of a key of the
    outermost object, given the keys before it, whether the list there holds the records. A file that is not
    in UTF-8, as JSON should be, is read in the encoding that it has. Raises SourceError where the file is not
    JSON or goes beyond the limits.
    """
    encoding = encoding_of(file.path)
    try:
        with file.path.open("rb") as opened:
            read = opened if encoding == "utf-8" else codecs.EncodedFile(opened, "utf-8", encoding)
            guarded = _Guarded(read, file.name)
            events = ijson.basic_parse(guarded, use_float=True, multiple_values=True)
            for number, record in enumerate(_records(iter(events), is_list, file.name), start=1):
                yield record
                if number % _TELL_EVERY == 0:
                    reach(guarded.done)
    except (ijson.JSONError, UnicodeDecodeError, OverflowError) as error:
        said = error.args[0] if error.args and isinstance(error.args[0], bytes) else str(error)
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        reason = " ".join(text.split())[:200]
        raise SourceError(f"{file.name} is not JSON that can be read: {reason}.") from None
    except OSError as error:
        raise SourceError(f"{file.name} cannot be read: {error.strerror}.") from None


def _records(
    events: _Events, is_list: Callable[[str, dict[str, Any]], bool], name: str
) -> Iterator[tuple[str, Any]]:
    for event, value in events:
        if event == "start_array":
            for inner, each in events:
                if inner == "end_array":
                    break
                yield "", _build(events, inner, each, name)
        elif event == "start_map":
            yield from _outermost(events, is_list, name)
        else:
            raise SourceError(f"{name} holds no records but the value {str(value)[:40]!r}.")


def _outermost(
    events: _Events, is_list: Callable[[str, dict[str, Any]], bool], name: str
) -> Iterator[tuple[str, Any]]:
    before: dict[str, Any] = {}
    has_list = False
    for event, key in events:
        if event == "end_map":
            break
        inner, value = next(events)
        if inner == "start_array" and is_list(key, before):
            has_list = True
            for item, each in events:
                if item == "end_array":
                    break
                yield key, _build(events, item, each, name)
        else:
            before[key] = _build(events, inner, value, name)
    if not has_list:
        yield "", before


def _build(events: _Events, event: str, value: object, name: str) -> Any:  # noqa: ANN401 (JSON)
    """One value with all that is in it; not by calling itself, so that depth costs nothing."""
    if event not in ("start_map", "start_array"):
        return value
    root: Any = {} if event == "start_map" else []
    stack, keys, parts = [root], [""], 0
    for inner, each in events:
        parts += 1
        if parts > MAX_PARTS:
            raise SourceError(f"{name}: one record holds more than {MAX_PARTS:,} values; that is refused.")
        if inner == "map_key":
            keys[-1] = each
            continue
        if inner in ("end_map", "end_array"):
            stack.pop()
            keys.pop()
            if not stack:
                break
            continue
        is_open = inner in ("start_map", "start_array")
        new: Any = each if not is_open else {} if inner == "start_map" else []
        if isinstance(stack[-1], list):
            stack[-1].append(new)
        else:
            stack[-1][keys[-1]] = new
        if is_open:
            stack.append(new)
            keys.append("")
            if len(stack) > MAX_DEPTH:
                raise SourceError(f"{name} goes deeper than {MAX_DEPTH} levels; that is refused.")
    return root


class _Bytes(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class _Guarded:
    """A file that stops being read when one text in it grows beyond all measure."""

    def __init__(self, file: _Bytes, name: str) -> None:
        self._file = file
        self._name = name
        self._without_end = 0
        self.done = 0

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size)
        if self.done == 0 and block.startswith(_BYTE_ORDER_MARK):
            block = block[len(_BYTE_ORDER_MARK) :]
        self.done += len(block)
        has_end = block.count(b'"') > block.count(b'\\"')
        self._without_end = 0 if has_end else self._without_end + len(block)
        if self._without_end > MAX_TEXT_BYTES:
            raise SourceError(f"{self._name} holds a text of over {MAX_TEXT_BYTES:,} bytes; that is refused.")
        return block

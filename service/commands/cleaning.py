"""`nabij clean`: what the readers of hours and contacts make of messy cells, line by line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TextIO

import click

from importers.clean.contact.read import read_contact
from service.written.hours.read import read_hours


@click.group("clean")
def clean_command() -> None:
    """Read messy cells: JSON lines in, JSON lines out, nothing else on standard output."""


@clean_command.command("hours")
@click.argument("file", type=click.File("r", encoding="utf-8"), default="-")
def hours(file: TextIO) -> None:
    """Opening hours: lines of {id, text, lang} become lines of {id, osm, appointment, flags}."""
    _each_line(file, _hours)


@clean_command.command("contacts")
@click.argument("file", type=click.File("r", encoding="utf-8"), default="-")
def contacts(file: TextIO) -> None:
    """Contact cells: lines of {id, raw} become lines of {id, clean, reject}."""
    _each_line(file, _contact)


def _hours(row: Mapping[str, Any]) -> dict[str, object]:
    text, language = row.get("text") or "", row.get("lang")
    if not isinstance(text, str) or not isinstance(language, str | None):
        raise ValueError("text and lang must be texts")
    found = read_hours(text, language)
    flags = list(found.flags)
    return {"id": row.get("id"), "osm": found.osm, "appointment": found.appointment, "flags": flags}


def _contact(row: Mapping[str, Any]) -> dict[str, object]:
    raw = row.get("raw")
    if not isinstance(raw, dict):
        raise ValueError("raw must be an object of cells")
    found = read_contact(raw)
    return {"id": row.get("id"), "clean": found.clean, "reject": found.reject}


def _each_line(lines: Iterable[str], read: Callable[[Mapping[str, Any]], dict[str, object]]) -> None:
    """Answer every good line; a bad one is told on standard error, and the exit status is 1."""
    bad = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise ValueError("a line must be an object")
            answer = read(row)
        except (ValueError, RecursionError) as error:
            bad += 1
            click.echo(f"nabij: line {number}: {error}", err=True)
            continue
        click.echo(json.dumps(answer, ensure_ascii=False))
    if bad:
        sys.exit(1)

"""Renews the catalogues from the messages in code and templates: ``python -m service.i18n.extract [new]``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from service.i18n.elision import with_apostrophes
from service.i18n.locales import LOCALES, SOURCE
from service.i18n.messages import catalogue_path, read_catalogue
from service.i18n.spaces import keep_together

ROOT = Path(__file__).resolve().parents[1]
METHODS = [
    ("eight_b/**.py", "service.i18n.marked:extract_sentences"),
    ("search/query/filters/table.py", "service.i18n.marked:extract_labels"),
    ("**.py", "python"),
    ("web/templates/**.html", "jinja2"),
]
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
OPTIONS = {"web/templates/**.html": {"silent": "false", "trimmed": "true"}}


def template() -> Catalog:
    """Every message that code and templates can show, with where it stands."""
    found = Catalog(project="Nabij", copyright_holder="the makers of Nabij", charset="utf-8")
    rows = extract_from_dir(
        ROOT, METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=("Note:",), strip_comment_tags=True
    )
    for file_name, _line, message, comments, context in rows:
        found.add(message, None, [(f"service/{file_name}", 0)], auto_comments=comments, context=context)
    return found


def renew(language: str) -> Catalog:
    """The catalogue of a language brought in step with the template; the source language fills itself."""
    catalogue = read_catalogue(language)
    catalogue.update(template(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    catalogue.header_comment = f"# The words of the interface: {LOCALES[language].native_name}."
    catalogue.project, catalogue.version = "Nabij", "1"
    catalogue.msgid_bugs_address = catalogue.last_translator = catalogue.language_team = ""
    for message in catalogue:
        message.string = message.id if language == SOURCE else _typeset(message, language)
    return catalogue


def _typeset(message: Message, language: str) -> str | tuple[str, ...]:
    if isinstance(message.string, str):
        return _set(message.string, language)
    return tuple(_set(form, language) for form in message.string or ())


def _set(text: str, language: str) -> str:
    return keep_together(with_apostrophes(text, language), language)


def faults(language: str) -> Iterator[str]:
    """One line per message that is missing, empty, fuzzy or no longer used in a language's catalogue."""
    catalogue, wanted = read_catalogue(language), template()
    for message in wanted:
        held = catalogue.get(message.id, message.context)
        if message.id and held is None:
            yield f"{language}: missing: {message.id!r}"
        elif message.id and held is not None and not _is_whole(held, catalogue.num_plurals):
            yield f"{language}: empty or fuzzy: {message.id!r}"
    for message in catalogue:
        if message.id and wanted.get(message.id, message.context) is None:
            yield f"{language}: no longer used: {message.id!r}"
    for message in catalogue.obsolete.values():
        yield f"{language}: no longer used: {message.id!r}"


def _is_whole(message: Message, plurals: int) -> bool:
    strings = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    wanted = 1 if isinstance(message.id, str) else plurals
    return len(strings) == wanted and all(strings) and not message.fuzzy


def main(begun: Sequence[str] = ()) -> int:
    """Write every catalogue there is anew, those of ``begun`` too, and list what is to be translated."""
    open_faults = 0
    for code in [code for code in LOCALES if code in begun or catalogue_path(code).exists()]:
        path = catalogue_path(code)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue = renew(code)
        with path.open("wb") as file:
            write_po(file, catalogue, width=110, omit_header=False, sort_output=True, include_lineno=False)
        for fault in faults(code):
            open_faults += 1
            print(fault)
    return 1 if open_faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

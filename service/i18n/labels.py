"""The labels of coded values in a reader's language."""

from __future__ import annotations

from service.i18n.locales import LOCALES
from service.i18n.messages import N_, translator
from service.model import terms
from service.model.fields import fields

_SIGN_LANGUAGES = {
    "vgt": N_("Flemish Sign Language"),
    "sfb": N_("French Belgian Sign Language"),
}


def term_label(list_name: str, code: str, language: str) -> str:
    """The label of a code of a closed list (``need`` for the needs taxonomy); else the code."""
    known = terms.needs() if list_name == "need" else terms.values(list_name)
    term = known.get(code)
    return term.label(language) if term else code


def language_name(code: str, language: str) -> str:
    """The name of the language ``code`` in the reader's ``language``; the code where CLDR has no name."""
    if code in _SIGN_LANGUAGES:
        return translator(language).gettext(_SIGN_LANGUAGES[code])
    cldr = LOCALES[language].cldr
    return str(cldr.languages.get(code) or code)


def field_label(path: str, language: str) -> str:
    """The label of a field of a listing, else the path."""
    field = fields().get(path)
    return (field.labels.get(language) or field.labels.get("en") or path) if field else path

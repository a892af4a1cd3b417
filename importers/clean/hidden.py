"""Keeps a hidden address from being taken in at all: what is not kept cannot leave."""

from __future__ import annotations

from importers.clean.step import Draft
from service.errors import BadValue
from service.model.fields import FieldKey

SECRET_PATHS = frozenset(
    {"address.street", "address.house_number", "address.box", "location.point", "location.entrance_photo"}
)
"""What nobody may read of a hidden address; postal code and municipality may be shown."""

_HIDDEN = FieldKey("address.hidden")


def is_hidden(draft: Draft) -> bool:
    """Whether the record says that its address is secret."""
    return draft.values.get(_HIDDEN) is True


def may_be_hidden(draft: Draft) -> bool:
    """Whether it is secret, or the row says something about it that could not be read."""
    return is_hidden(draft) or (_HIDDEN in draft.columns and _HIDDEN not in draft.values)


def drop_secrets(draft: Draft) -> bool:
    """Leave out street, number, box and point of a hidden address.

    Raises BadValue where another text of the record names that street; the message does not repeat it.
    """
    if not is_hidden(draft):
        return False
    secret = [key for key in draft.values if key.path in SECRET_PATHS]
    streets = [str(draft.values[key]).casefold() for key in secret if key.path == "address.street"]
    for key in secret:
        del draft.values[key]
    for key, value in draft.values.items():
        if isinstance(value, str) and any(street in value.casefold() for street in streets):
            reason = "names the street of a hidden address"
            raise BadValue(str(key), "(hidden)", reason, "take the street out of the text")
    return bool(secret)

"""The ids in addresses of the desk."""

from __future__ import annotations

from uuid import UUID

from service.errors import NotFound


def id_in(text: str) -> UUID:
    """The id that a part of an address is. Raises NotFound for what is none: nothing can be there."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("There is nothing under this address.") from None

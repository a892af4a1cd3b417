"""The room where listings are made, changed and joined: which address leads to which page."""

from __future__ import annotations

from service.accounts.permissions import Action
from service.web.desk.door import View
from service.web.desk.editing.form import edit_page
from service.web.desk.editing.history import history_page
from service.web.desk.editing.merge import merge_page
from service.web.desk.editing.new import new_page

ROOMS: tuple[tuple[str, str, View, tuple[str, ...], Action], ...] = (
    ("/l/<listing_id>", "edit", edit_page, ("GET", "POST"), "edit"),
    ("/l/<listing_id>/history", "history", history_page, ("GET", "POST"), "edit"),
    ("/new", "new", new_page, ("GET", "POST"), "create"),
    ("/merge", "merge", merge_page, ("GET", "POST"), "merge"),
)

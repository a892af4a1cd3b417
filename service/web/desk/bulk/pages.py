"""The rooms of work on many listings."""

from __future__ import annotations

from service.accounts.permissions import Action
from service.web.desk.bulk.acts import batch_page, plan_page, preview_page
from service.web.desk.bulk.listings import listings_page
from service.web.desk.bulk.rounds import round_page
from service.web.desk.bulk.spreadsheet import csv_file, spreadsheet_page, workbook_file
from service.web.desk.door import View

ROOMS: tuple[tuple[str, str, View, tuple[str, ...], Action], ...] = (
    ("/listings", "listings", listings_page, ("GET",), "see"),
    ("/bulk/plan", "bulk_plan", plan_page, ("POST",), "bulk"),
    ("/bulk/preview/<preview>", "bulk_preview", preview_page, ("GET", "POST"), "bulk"),
    ("/bulk/batch/<batch>", "batch", batch_page, ("GET", "POST"), "bulk"),
    ("/bulk/round", "round", round_page, ("GET",), "bulk"),
    ("/spreadsheet", "spreadsheet", spreadsheet_page, ("GET", "POST"), "bulk"),
    ("/spreadsheet/listings.xlsx", "spreadsheet_xlsx", workbook_file, ("GET",), "bulk"),
    ("/spreadsheet/listings.csv", "spreadsheet_csv", csv_file, ("GET",), "bulk"),
)

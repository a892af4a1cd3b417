"""How many rows a second the readers of messy hours and contacts take, every text read anew."""

from __future__ import annotations

import csv
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from importers.clean.contact import read as contact
from service.written.hours.read import read_hours

ROWS = Path(__file__).resolve().parents[1] / "tests" / "importers" / "data"
TIMES = 10  # over all rows


def main() -> None:
    """Print rows a second of processor time, for hours and for contacts."""
    with (ROWS / "hours_rows.tsv").open(encoding="utf-8") as file:
        hours = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    lines = (ROWS / "contact_rows.jsonl").read_text(encoding="utf-8").splitlines()
    contacts = [json.loads(line)["raw"] for line in lines]
    _tell("hours", hours, lambda row: read_hours.__wrapped__(row["text"], row["lang"]))
    _tell("contacts", contacts, contact.read_contact)


def _tell(name: str, rows: Sequence[Any], read: Callable[[Any], object]) -> None:
    for row in rows:
        read(row)
    begin = time.process_time()
    for _ in range(TIMES):
        contact.forget()
        for row in rows:
            read(row)
    taken = time.process_time() - begin
    sys.stdout.write(f"{name}: {TIMES * len(rows) / taken:.0f} rows/s\n")


if __name__ == "__main__":
    main()

"""Feeds of HSDS for tests: a town abroad with few services, in tables and in JSON."""

import csv
import json

ORGANIZATION = {"id": "o1", "name": "Camden Care", "url": "camdencare.org", "email": "hello@camdencare.org"}
SERVICE = {"id": "s1", "organization_id": "o1", "name": "Food pantry", "description": "Groceries for a week."}
LOCATION = {"id": "l1", "name": "Camden Hall", "latitude": "51.539", "longitude": "-0.142"}
ADDRESS = {
    "id": "a1", "location_id": "l1", "address_1": "5 Pratt Street", "city": "London",
    "postal_code": "NW1 0AE", "country": "GB",
}  # fmt: skip
AT = {"id": "x1", "service_id": "s1", "location_id": "l1"}
PHONE = {"id": "p1", "service_id": "s1", "number": "020 7946 0000"}


def tables(**changed):
    """The tables of a small feed; a table given as an argument takes the place of the one that is here."""
    found = {
        "organizations": [ORGANIZATION],
        "services": [SERVICE],
        "locations": [LOCATION],
        "physical_addresses": [ADDRESS],
        "services_at_location": [AT],
    }
    return found | changed


def write_feed(folder, *, encoding="utf-8", newline="\n", columns=lambda name: name, **changed):
    """A folder of the tables as CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables(**changed).items():
        header = list(dict.fromkeys(key for row in rows for key in row)) or ["id"]
        with (folder / f"{name}.csv").open("w", encoding=encoding, newline="") as file:
            writer = csv.writer(file, lineterminator=newline)
            writer.writerow([columns(each) for each in header])
            writer.writerows([row.get(each, "") for each in header] for row in rows)
    return folder


def write_json(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def nested(**changed):
    """The same service as HSDS 3 nests it."""
    place = {**LOCATION, "addresses": [{**ADDRESS, "address_type": "physical"}]}
    at = {"id": "x1", "location": place}
    service = {key: text for key, text in SERVICE.items() if key != "organization_id"}
    return {
        **service,
        "status": "active",
        "organization": ORGANIZATION,
        "service_at_locations": [at],
        **changed,
    }

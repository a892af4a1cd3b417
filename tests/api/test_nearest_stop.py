"""A listing of the API tells the nearest stop of public transport."""

from service.config import Settings
from service.database.migrate import upgrade
from service.database.session import connect_engine
from service.geo.point import Point
from service.geo.stop_table import FILE, Stop, build_stop_table
from tests.api.made import listing
from tests.contract.catalogue_factory import bring, listing_id, statement


def _answer(client, town, tmp_path, **said):
    database = connect_engine(Settings(home=tmp_path))
    upgrade(database)
    bring(database, statement(**said))
    build_stop_table(tmp_path / FILE, [Stop("Ribaucourt", "STIB-MIVB", Point(50.8600, 4.3380), True)])
    api = client(town(listing("Pakketten", "Gent")))
    return api.get(f"/api/v1/listings/{listing_id()}").json["nearest_stop"]


def test_a_listing_with_a_point_tells_its_nearest_stop(client, town, tmp_path):
    values = {"location__point": [50.8595, 4.3380]}
    assert _answer(client, town, tmp_path, **values) == {
        "name": "Ribaucourt",
        "operator": "STIB-MIVB",
        "step_free": "yes",
        "lat": 50.86,
        "lon": 4.338,
        "distance_m": 56,
    }


def test_a_listing_without_a_point_tells_none(client, town, tmp_path):
    assert _answer(client, town, tmp_path) is None

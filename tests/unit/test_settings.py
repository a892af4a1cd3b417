"""Settings from the environment, read strictly."""

from pathlib import Path

import pytest

from service.config import read_settings, unknown_settings
from service.errors import BadSetting


def test_port_is_respected():
    assert read_settings({"PORT": "8011"}).port == 8011


def test_home_is_respected():
    assert read_settings({"NABIJ_HOME": "elsewhere"}).home == Path("elsewhere")


@pytest.mark.parametrize("text", ["eighty", "0", "65536", "-1"])
def test_a_port_that_is_none_says_what_would_be_right(text):
    with pytest.raises(BadSetting, match="1 to 65535"):
        read_settings({"NABIJ_PORT": text})


def test_tiles_without_attribution_are_refused():
    with pytest.raises(BadSetting, match="NABIJ_TILE_ATTRIBUTION"):
        read_settings({"NABIJ_TILE_URL": "https://tiles.example/{z}/{x}/{y}.png"})


def test_a_misspelt_setting_is_noticed():
    assert unknown_settings({"NABIJ_HOM": "x", "NABIJ_HOME": "y", "HOME": "z"}) == ["NABIJ_HOM"]


def test_the_database_stands_in_the_home_by_default():
    assert read_settings({"NABIJ_HOME": "there"}).database.endswith("/there/nabij.db")

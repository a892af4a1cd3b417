"""Telephone numbers: what people write is read as the library of all countries reads it."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import BadValue
from service.model.phone import parse_phone

WRITTEN = st.builds(
    str.__add__,
    st.sampled_from(["0", "+32", "+32 ", "0032", "00 32 ", "+32 (0)"]),
    st.text("0123456789 ./-", min_size=7, max_size=12),
)


@given(WRITTEN | st.builds("0{:08}".format, st.integers(1_000_000, 99_999_999)))
def test_a_number_is_what_the_library_says(text):
    try:
        number = phonenumbers.parse(text, "BE")
    except phonenumbers.NumberParseException:
        number = None
    if number and phonenumbers.is_valid_number(number):
        expected = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        assert parse_phone(text) == expected
    elif not (number and phonenumbers.is_possible_short_number_for_region(number, "BE")):
        with pytest.raises(BadValue):
            parse_phone(text)


@pytest.mark.parametrize("text", ["02 411 22 33", "02/411.22.33", "+32 2 411 22 33", "0032-2-4112233"])
def test_one_number_is_written_in_many_ways(text):
    assert parse_phone(text) == "+3224112233"

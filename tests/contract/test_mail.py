"""Letters: written with the change, sent once in effect, tried again, refused for good."""

import email
import os
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import policy

import pytest
import sqlalchemy as sa

from service.config import Settings
from service.database.letters import letter as table
from service.database.session import reading, writing
from service.errors import BadSetting, BadValue
from service.mail.body import Buttons, Facts, Heading, Section, Text, html_of, plain_of
from service.mail.letter import Letter
from service.mail.send import deliver, post
from tests.contract.mail_server import free_port, mail_server

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SECTIONS = [Section("nl", [Text("Dag"), Buttons([("Alles klopt", "https://nabij.example/x?a=1&b=2")])])]
LETTER = Letter(
    "onthaal@voorraadkast.example.be", "confirm", "Klopt dit nog?", plain_of(SECTIONS),
    html_of("Klopt dit nog?", SECTIONS), "nl", opt_out="https://nabij.example/stop",
)  # fmt: skip


@pytest.fixture
def server():
    with mail_server() as running:
        yield running


@pytest.fixture
def settings(server, tmp_path):
    return Settings(home=tmp_path, mail_url=server[1], mail_from="Nabij <desk@nabij.example>")


def put(engine, letter=LETTER, now=NOW):
    with writing(engine) as connection:
        post(connection, letter, now)


def rows(engine):
    with reading(engine) as connection:
        return connection.execute(sa.select(table).order_by(table.c.written_at)).all()


def read(content):
    return email.message_from_bytes(content, policy=policy.default)


def test_a_letter_arrives(engine, server, settings):
    put(engine)
    deliver(engine, settings, NOW)
    assert server[0].letters[0][1] == ["onthaal@voorraadkast.example.be"]


def test_a_letter_says_the_same_in_plain_text(engine, server, settings):
    put(engine)
    deliver(engine, settings, NOW)
    plain = read(server[0].letters[0][2]).get_body(("plain",)).get_content()
    assert "Alles klopt:\nhttps://nabij.example/x?a=1&b=2" in plain.replace("\r\n", "\n")


def test_a_letter_can_be_stopped_in_one_press(engine, server, settings):
    put(engine)
    deliver(engine, settings, NOW)
    assert read(server[0].letters[0][2])["List-Unsubscribe"] == "<https://nabij.example/stop>"


def test_a_letter_is_sent_once(engine, server, settings):
    put(engine)
    deliver(engine, settings, NOW)
    deliver(engine, settings, NOW + timedelta(hours=1))
    assert len(server[0].letters) == 1


def test_the_text_of_a_sent_letter_goes(engine, server, settings):
    put(engine)
    deliver(engine, settings, NOW)
    assert [(row.state, row.plain, row.html) for row in rows(engine)] == [("sent", None, None)]


def test_a_change_that_is_undone_writes_no_letter(engine, settings):
    with pytest.raises(sa.exc.IntegrityError), writing(engine) as connection:
        [post(connection, LETTER, NOW) for _twice in range(2)]
    assert rows(engine) == []


def test_an_address_that_there_is_not_is_refused_for_good(engine, server, settings):
    server[0].says[LETTER.to] = "550 5.1.1 no such user"
    put(engine)
    deliver(engine, settings, NOW)
    assert [(row.state, row.told) for row in rows(engine)] == [("refused", "550 5.1.1 no such user")]


def test_a_full_mailbox_is_tried_again(engine, server, settings):
    server[0].says[LETTER.to] = "452 4.2.2 full"
    put(engine)
    deliver(engine, settings, NOW)
    server[0].says.clear()
    early = deliver(engine, settings, NOW + timedelta(seconds=30)).sent
    assert (early, deliver(engine, settings, NOW + timedelta(minutes=2)).sent) == (0, 1)


def test_one_full_mailbox_does_not_hold_up_the_others(engine, server, settings):
    server[0].says[LETTER.to] = "452 4.2.2 full"
    put(engine)
    put(engine, Letter("b@b.example.be", "confirm", "s", "p", "h", "nl"), NOW + timedelta(seconds=1))
    deliver(engine, settings, NOW + timedelta(minutes=5))
    assert [row.state for row in rows(engine)] == ["waiting", "sent"]


def test_a_server_that_is_away_keeps_the_letter(engine, settings):
    put(engine)
    away = replace(settings, mail_url=f"smtp://127.0.0.1:{free_port()}")
    assert deliver(engine, away, NOW).kept == 1
    assert deliver(engine, settings, NOW + timedelta(minutes=2)).sent == 1


def test_the_same_letter_keeps_its_message_id(engine, server, settings):
    put(engine)
    letter_id = rows(engine)[0].id
    deliver(engine, settings, NOW)
    assert read(server[0].letters[0][2])["Message-ID"] == f"<{letter_id.hex}@nabij.example>"


def test_a_link_to_sign_in_is_not_tried_for_days(engine, settings):
    put(engine, replace(LETTER, kind="sign_in"))
    away = replace(settings, mail_url=f"smtp://127.0.0.1:{free_port()}")
    deliver(engine, away, NOW + timedelta(hours=2))
    assert [row.state for row in rows(engine)] == ["refused"]


def test_what_comes_back_is_known_by_its_address(engine, server, settings):
    put(engine)
    deliver(engine, replace(settings, bounce_address="terug@nabij.example"), NOW)
    assert server[0].letters[0][0] == f"terug+{rows(engine)[0].id.hex}@nabij.example"


def test_without_a_server_a_letter_is_a_file_for_its_owner(engine, tmp_path):
    put(engine)
    deliver(engine, Settings(home=tmp_path), NOW)
    (path,) = (tmp_path / "mailbox").glob("*.eml")
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600


def test_only_the_letter_that_is_waited_for_goes(engine, server, settings):
    put(engine)
    other = Letter("b@b.example.be", "sign_in", "s", "p", "h", "nl")
    put(engine, other, NOW + timedelta(seconds=1))
    deliver(engine, settings, NOW + timedelta(seconds=2), only=other.id)
    assert [to for _from, to, _content in server[0].letters] == [["b@b.example.be"]]


@pytest.mark.parametrize("address", ["a@b", "two@a.be,three@b.be", "x@y.be\nBcc: z@z.be", '"@y.be'])
def test_an_address_that_is_none_is_refused_at_once(engine, address):
    with pytest.raises(BadValue):
        put(engine, replace(LETTER, to=address))


def test_a_subject_brings_no_header_of_its_own(engine, server, settings):
    put(engine, replace(LETTER, subject="Klopt dit?\r\nBcc: z@z.be"))
    deliver(engine, settings, NOW)
    assert read(server[0].letters[0][2])["Bcc"] is None


def test_an_address_of_a_server_that_is_none_shows_no_password(engine, settings):
    put(engine)
    with pytest.raises(BadSetting) as raised:
        deliver(engine, replace(settings, mail_url="http://user:geheim@host"), NOW)
    assert "geheim" not in str(raised.value)


def test_what_a_listing_says_is_no_markup():
    assert "<b>" not in html_of("<b>", [Section("nl", [Heading("<b>"), Facts([("<b>", "<b>\n<b>")])])])

"""Letters that come back: read, matched, marked, and a task for somebody to find the right address."""

import socketserver
import threading

import pytest
import sqlalchemy as sa

from service.config import Settings
from service.database.letters import confirmation, letter
from service.database.session import reading, writing
from service.desk.letters.ask import ask_about
from service.desk.letters.contacts import hindrances
from service.desk.letters.failures import read_reports, take_report
from service.errors import BadSetting
from service.mail.inbox import InboxAway, new_messages
from service.mail.send import deliver
from tests.conftest import FROZEN
from tests.contract.catalogue_factory import bring, listing_id, statement
from tests.contract.mail_server import free_port, mail_server
from tests.contract.test_letters import EMAIL, tasks

REPORT = """\
From: MAILER-DAEMON@mx.example.be
To: {to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

This is the mail system at host mx.example.be. Your letter could not be delivered.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.be

Final-Recipient: rfc822; onthaal@voorraadkast.example.be
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 no such user

--B
Content-Type: text/rfc822-headers

Message-ID: <{message}@nabij.example>
Subject: Klopt dit nog?

--B--
"""
OTHER = "0" * 32


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path, mail_from="Nabij <desk@nabij.example>")


@pytest.fixture
def sent(engine, settings):
    """The id of a letter to a provider that left."""
    bring(engine, statement(contact__email=EMAIL))
    with writing(engine) as connection:
        ask_about(connection, settings, listing_id(), by="somebody", now=FROZEN)
    deliver(engine, settings, FROZEN)
    with reading(engine) as connection:
        return connection.scalar(sa.select(letter.c.id))


def report(to=None, message=OTHER, action="failed", status="5.1.1"):
    back = f"terug+{to}@nabij.example" if to else "terug@nabij.example"
    return REPORT.format(to=back, message=message, action=action, status=status).encode()


def take(engine, raw):
    with writing(engine) as connection:
        return take_report(connection, raw, FROZEN)


def state(engine):
    with reading(engine) as connection:
        return connection.scalar(sa.select(letter.c.state))


@pytest.mark.parametrize("by", ["to", "message"])
def test_a_letter_that_comes_back_is_known(engine, sent, by):
    take(engine, report(**{by: sent.hex}))
    assert state(engine) == "bounced"


def test_its_address_gets_nothing_any_more(engine, sent):
    take(engine, report(to=sent.hex))
    with reading(engine) as connection:
        assert hindrances(connection, [EMAIL], FROZEN) == {EMAIL: "bounced"}


def test_somebody_is_asked_to_find_the_right_address(engine, sent):
    take(engine, report(to=sent.hex))
    (asked,) = tasks(engine, "bounce")
    assert (asked.record_id, asked.about["told"]) == (listing_id(), "5.1.1 smtp; 550 5.1.1 no such user")


def test_the_question_is_closed(engine, sent):
    take(engine, report(to=sent.hex))
    with reading(engine) as connection:
        assert connection.scalar(sa.select(confirmation.c.outcome)) == "bounced"


@pytest.mark.parametrize("change", [{"action": "delayed", "status": "4.4.1"}, {"status": "4.2.2"}])
def test_a_delay_is_no_failure(engine, sent, change):
    assert not take(engine, report(to=sent.hex, **change))


@pytest.mark.parametrize("raw", [
    report(), b"", b"Subject: Dag\n\nIk ben er volgende week terug.", b"\xff\xfe\x00" * 50,
    b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\n--x--",
])  # fmt: skip
def test_what_names_no_letter_of_ours_changes_nothing(engine, sent, raw):
    assert not take(engine, raw)


def test_a_report_counts_once(engine, sent):
    assert [take(engine, report(to=sent.hex)) for _twice in range(2)] == [True, False]


def test_an_address_that_a_server_refuses_is_a_task_too(engine, settings):
    bring(engine, statement(contact__email=EMAIL))
    with mail_server() as (post, url):
        post.says[EMAIL] = "550 5.1.1 no such user"
        with writing(engine) as connection:
            ask_about(connection, settings, listing_id(), by="somebody", now=FROZEN)
        deliver(engine, Settings(home=settings.home, mail_url=url, mail_from=settings.mail_from), FROZEN)
    assert (read_reports(engine, settings, FROZEN), len(tasks(engine, "bounce"))) == (1, 1)


class _Box(socketserver.StreamRequestHandler):
    """As much of IMAP as reading a mailbox takes."""

    def handle(self):
        box = self.server.box
        self.wfile.write(b"* OK ready\r\n")
        for line in self.rfile:
            tag, command, *rest = line.decode().split()
            match command.upper():
                case "CAPABILITY":
                    self.wfile.write(b"* CAPABILITY IMAP4rev1\r\n")
                case "SEARCH":
                    new = " ".join(str(n) for n in range(1, len(box) + 1) if n not in self.server.seen)
                    self.wfile.write(f"* SEARCH {new}\r\n".encode())
                case "FETCH":
                    raw = box[int(rest[0]) - 1]
                    self.wfile.write(
                        f"* {rest[0]} FETCH (BODY[] {{{len(raw)}}}\r\n".encode() + raw + b")\r\n"
                    )
                case "STORE":
                    self.server.seen.add(int(rest[0]))
                case "LOGIN" if rest[1] != '"geheim"':
                    self.wfile.write(f"{tag} NO wrong password\r\n".encode())
                    continue
                case "LOGOUT":
                    self.wfile.write(f"* BYE\r\n{tag} OK\r\n".encode())
                    return
            self.wfile.write(f"{tag} OK done\r\n".encode())


@pytest.fixture
def inbox():
    """A mailbox, and its address."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Box) as server:
        server.daemon_threads = True
        server.box, server.seen = [], set()
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server, f"imap://terug:geheim@127.0.0.1:{server.server_address[1]}/INBOX"
        server.shutdown()


def test_the_mailbox_is_read(engine, sent, settings, inbox):
    inbox[0].box.append(report(to=sent.hex))
    held = Settings(home=settings.home, bounce_url=inbox[1])
    assert (read_reports(engine, held, FROZEN), state(engine)) == (1, "bounced")


def test_a_message_is_read_once(inbox):
    inbox[0].box += [b"one", b"two"]
    assert [list(new_messages(inbox[1])) for _twice in range(2)] == [[b"one", b"two"], []]


def test_a_mailbox_that_is_away_says_so_without_its_password():
    with pytest.raises(InboxAway) as raised:
        list(new_messages(f"imap://terug:geheim@127.0.0.1:{free_port()}"))
    assert "geheim" not in str(raised.value)


def test_a_wrong_password_is_told(inbox):
    with pytest.raises(InboxAway, match="wrong password"):
        list(new_messages(inbox[1].replace("geheim", "anders")))


def test_no_password_travels_unencrypted():
    with pytest.raises(BadSetting, match="unencrypted"):
        list(new_messages("imap://terug:geheim@mail.example.be"))

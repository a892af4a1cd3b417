"""A server of mail on this machine, for the letters of the tests."""

import socket
from contextlib import contextmanager

from aiosmtpd.controller import Controller


class Post:
    """Takes every letter; what it says to an address can be set in ``says``."""

    def __init__(self):
        self.letters, self.says = [], {}

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        told = self.says.get(address)
        if told:
            return told
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.content))
        return "250 taken"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def mail_server():
    """The server and its address."""
    post = Post()
    controller = Controller(post, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield post, f"smtp://127.0.0.1:{controller.port}"
    finally:
        controller.stop()

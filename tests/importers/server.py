"""A web server on this machine that gives what a test tells it to, and remembers what it was asked."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from importers.http.client import Client


class Site:
    """``pages`` is by path with its query: bytes, data for JSON, or a function of the headers."""

    def __init__(self):
        self.pages = {}
        self.asked = []
        self.headers = []
        self.waits = []
        self.clients = []

    def client(self, **how):
        self.clients.append(Client({self.host}, wait=self.waits.append, **how))
        return self.clients[-1]

    def url(self, path):
        return f"http://{self.host}{path}"


@contextmanager
def serving():
    """A running site."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            site.asked.append(self.path)
            site.headers.append(dict(self.headers))
            found = site.pages.get(self.path, (404, {}, b"nothing here"))
            if callable(found):
                found = found(self.headers)
            status, headers, body = found if isinstance(found, tuple) else (200, {}, found)
            body = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            for name, text in headers.items():
                self.send_header(name, text)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.host = f"127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        for client in site.clients:
            client.close()
        server.shutdown()
        server.server_close()
        thread.join()

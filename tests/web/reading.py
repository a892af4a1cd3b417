"""Reading pages as a browser does."""

from html.parser import HTMLParser


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def elements(html):
    """Every element of a page in order: its name and its attributes."""
    reader = _Reader()
    reader.feed(html)
    return reader.found

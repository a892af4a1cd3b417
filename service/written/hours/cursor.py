"""Where a reader stands among the tokens of a text."""

from __future__ import annotations

from service.written.hours.scan import Token

_END = Token("", {})


class Cursor:
    """The tokens and the place reached; ``at`` may be set back when a reading does not work out."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0

    def peek(self, ahead: int = 0) -> Token:
        """The token here, or some places on; a token without meaning beyond the end."""
        place = self.at + ahead
        return self.tokens[place] if 0 <= place < len(self.tokens) else _END

    @property
    def is_done(self) -> bool:
        """Whether all tokens are read."""
        return self.at >= len(self.tokens)

    def take(self, *kinds: str) -> object | None:
        """The value of the token here when it is of one of the kinds, and one step on; else None."""
        token = self.peek()
        for kind in kinds:
            if kind in token.means:
                self.at += 1
                value = token.means[kind]
                return value if value is not None and value != "" else kind
        return None

    def is_mark(self, *marks: str, ahead: int = 0) -> bool:
        """Whether the token is one of these marks."""
        return self.peek(ahead).means.get("mark") in marks

    def skip(self, *kinds: str) -> int:
        """Step over tokens of these kinds; how many they were."""
        before = self.at
        while self.peek().has(*kinds):
            self.at += 1
        return self.at - before

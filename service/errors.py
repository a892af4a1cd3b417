"""The errors that Nabij raises on purpose, each with what went wrong and what would be right."""

from __future__ import annotations


class NabijError(Exception):
    """A failure that is explained in one clear sentence; the command line prints it and stops with 1."""

    code = "error"
    status = 500


class BadSetting(NabijError):
    """A setting of the environment has a value that cannot be used."""

    code = "bad_setting"


class BadParameter(NabijError):
    """A parameter of a request is unknown, repeated, out of range or contradicts another one.

    ``allowed`` says what would have been right, in words that can be shown to a person.
    """

    code = "bad_parameter"
    status = 422

    def __init__(self, parameter: str, message: str, allowed: str) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.allowed = allowed


class BadValue(NabijError):
    """A value does not fit the field it was given for; ``suggestion`` says what would be right."""

    code = "bad_value"
    status = 422

    def __init__(self, field: str, value: object, reason: str, suggestion: str = "") -> None:
        super().__init__(f"{field}: {reason}" + (f" ({suggestion})" if suggestion else ""))
        self.field = field
        self.value = value
        self.reason = reason
        self.suggestion = suggestion


class NotFound(NabijError):
    """Nothing carries that name or id."""

    code = "not_found"
    status = 404


class Forbidden(NabijError):
    """Who is signed in may not do this; the message says what it takes."""

    code = "forbidden"
    status = 403


class TooMany(NabijError):
    """Something was tried too often; it may be tried again later."""

    code = "too_many"
    status = 429


class Busy(NabijError):
    """Something else is using what this command needs; the message says who and what to do."""

    code = "busy"
    status = 503


class NotProven(NabijError):
    """Another provider does not say, in a way that can be relied upon, who somebody is."""

    code = "not_proven"
    status = 403


class ProviderAway(NabijError):
    """The provider that people sign in with does not answer, or not as it should."""

    code = "provider_away"
    status = 503


class StorageError(NabijError):
    """The data folder cannot be written or is full."""

    code = "storage"


class DatabaseAway(StorageError):
    """The database cannot be reached or read; searches go on without it, by the index."""

    code = "database_away"
    status = 503


class IndexNotReady(NabijError):
    """There is no usable search index yet; ``nabij index build`` makes one."""

    code = "index_not_ready"
    status = 503


class SearchAway(IndexNotReady):
    """The search server does not answer, or is too busy to; it may come back by itself."""

    code = "search_away"


class SearchRefused(IndexNotReady):
    """The search server answers, and not as it should: a wrong key, or a version that is too old."""

    code = "search_refused"


class SourceError(NabijError):
    """A source as a whole cannot be read or fails its assertions; the last good data stay in use."""

    code = "bad_source"

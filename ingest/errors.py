"""Errors of every layer, classed by what the caller does next.

The lowest package owns them so that each layer above can raise and catch the same classes;
the HTTP layer and the command line translate them in one place each.
"""

from __future__ import annotations


class GeungeoError(Exception):
    """A failure with a stable code, a Korean message and what to do next.

    Attributes:
        code: stable machine-readable name, such as ``empty_question``.
        message: what is wrong, in Korean.
        remedy: what to do next, in Korean; may be empty.
    """

    def __init__(self, code: str, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class InputError(GeungeoError):
    """The input must be mended before the same call can succeed."""


class NotFoundError(InputError):
    """What was asked for does not exist."""


class ConflictError(InputError):
    """The call does not fit the state that things are in."""


class ForbiddenError(InputError):
    """Whoever asks may not do this."""


class UnauthorizedError(InputError):
    """Whoever asks has not shown who they are."""


class RetryLaterError(GeungeoError):
    """The same call may succeed later, with nothing changed."""


class RateLimitedError(RetryLaterError):
    """The caller has asked too often.

    Attributes:
        seconds: after which the next call may succeed.
    """

    def __init__(self, code: str, message: str, remedy: str, seconds: int) -> None:
        super().__init__(code, message, remedy)
        self.seconds = seconds


class OperatorError(GeungeoError):
    """Whoever runs the service must mend a file, a disk, a setting or a model."""

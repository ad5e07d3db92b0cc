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


class RetryLaterError(GeungeoError):
    """The same call may succeed later, with nothing changed."""


class OperatorError(GeungeoError):
    """Whoever runs the service must mend a file, a disk, a setting or a model."""

"""An answer that comes when a test lets it."""

import threading
from collections.abc import Iterator

from api.answer.records import Answer, AnswerPart


class Slow:
    """An answer that waits until it is let go, as a slow language model's does."""

    def __init__(self, answer: Answer) -> None:
        self.go = threading.Event()
        self._answer = answer

    def __call__(
        self, *_: object, left: threading.Event | None = None, **__: object
    ) -> Iterator[AnswerPart | Answer]:
        assert left is not None
        while not (self.go.wait(0.01) or left.is_set()):
            pass
        yield self._answer

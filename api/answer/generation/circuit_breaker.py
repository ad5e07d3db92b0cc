"""Asks a dead server no more for a while, so that not every question waits for it.

Written here because the libraries looked at do not fit: pybreaker and purgatory time by the wall
clock, let every waiting question through at once when they try again, and count an answer that
the user stopped as a failure or a success.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Literal

BreakerState = Literal["closed", "open", "half_open"]

# Three answers in a row that failed, each retried already, are no accident.
FAILURES_TO_OPEN = 3
# A restarted server is found again within this many seconds.
SECONDS_OPEN = 30.0


class CircuitBreaker:
    """Counts failures in a row; safe to share between threads.

    Closed, all calls pass. After ``failures`` failures in a row it opens and no call passes. After
    ``seconds`` one call at a time may try (half open): its success closes the circuit, its failure
    opens it anew. A call that was given up by the user says nothing and counts as neither.

    Args:
        failures: in a row that open it.
        seconds: that it stays open.
        clock: in seconds, never set back.
    """

    def __init__(
        self,
        failures: int = FAILURES_TO_OPEN,
        seconds: float = SECONDS_OPEN,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = failures
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._opened: float | None = None
        self._probing = False

    @property
    def state(self) -> BreakerState:
        """How it stands now."""
        with self._lock:
            return self._state()

    def admit(self) -> bool:
        """Tell whether a call may be made; one that may must end in one of the three below."""
        with self._lock:
            state = self._state()
            if state == "open" or (state == "half_open" and self._probing):
                return False
            self._probing = state == "half_open"
            return True

    def succeeded(self) -> None:
        """Note that an admitted call succeeded."""
        with self._lock:
            self._failures, self._opened, self._probing = 0, None, False

    def failed(self) -> None:
        """Note that an admitted call failed."""
        with self._lock:
            self._failures += 1
            if self._failures >= self._most:
                self._opened = self._clock()
            self._probing = False

    def given_up(self) -> None:
        """Note that an admitted call ended without a word on the server."""
        with self._lock:
            self._probing = False

    def _state(self) -> BreakerState:
        if self._opened is None:
            return "closed"
        return "open" if self._clock() < self._opened + self._seconds else "half_open"

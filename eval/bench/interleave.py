"""Turns: ours, the peer, ours, the peer, so that noise of the machine falls on both."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

# Threads of either side go on spinning for a moment after their work, and would slow the other.
SETTLE_SECONDS = 0.5

Ours = TypeVar("Ours")
Theirs = TypeVar("Theirs")


def alternate(
    rounds: int, ours: Callable[[int], Ours], peer: Callable[[int], Theirs]
) -> tuple[list[Ours], list[Theirs]]:
    """Run both ``rounds`` times by turns, with the number of the round; return what each gave."""
    mine: list[Ours] = []
    theirs: list[Theirs] = []
    for number in range(rounds):
        mine.append(ours(number))
        time.sleep(SETTLE_SECONDS)
        theirs.append(peer(number))
        time.sleep(SETTLE_SECONDS)
    return mine, theirs

"""Turns: ours, the peer, ours, the peer, so that noise of the machine falls on both."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

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
        theirs.append(peer(number))
    return mine, theirs

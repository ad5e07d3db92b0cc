"""Words that say the same, words that say the opposite, and words that claim much."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("wording.json")
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wording:
    """What is known of words; a verb is written by its stem, ``늘/v``.

    Attributes:
        same: by word, all words of its meaning, itself among them.
        opposite: by word, all words of the opposite meaning.
        claims: by word that claims much, the words of which one must stand in the evidence.
        hedges: words that say that something is not a fact yet.
        forecasts: those of them that end a sentence about what will be.
        generic: words that need no evidence.
        counting: words that say of a figure only that it was counted or written down.
    """

    same: Mapping[str, frozenset[str]]
    opposite: Mapping[str, frozenset[str]]
    claims: Mapping[str, frozenset[str]]
    hedges: frozenset[str]
    forecasts: frozenset[str]
    generic: frozenset[str]
    counting: frozenset[str]

    def same_as(self, word: str) -> frozenset[str]:
        """Return the words of the same meaning, ``word`` among them."""
        return self.same.get(word, _NONE) | {word}

    def opposite_of(self, word: str) -> frozenset[str]:
        """Return the words of the opposite meaning."""
        return self.opposite.get(word, _NONE)


@cache
def wording() -> Wording:
    """Return the words of ``wording.json``, read once."""
    content = json.loads(_FILE.read_text(encoding="utf-8"))
    opposite: dict[str, set[str]] = defaultdict(set)
    for line in content["opposite"]:
        left, right = (side.split() for side in line.split("|"))
        for word in left:
            opposite[word].update(right)
        for word in right:
            opposite[word].update(left)
    return Wording(
        same=_grouped(content["same"]),
        opposite={word: frozenset(others) for word, others in opposite.items()},
        claims=_claims(content["claims"]),
        hedges=frozenset(content["hedges"].split()),
        forecasts=frozenset(content["forecasts"].split()),
        generic=frozenset(content["generic"].split()),
        counting=frozenset(content["counting"].split()),
    )


def _grouped(lines: Iterable[str]) -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        words = line.split()
        for word in words:
            groups[word].update(words)
    return {word: frozenset(group) for word, group in groups.items()}


def _claims(lines: Iterable[str]) -> dict[str, frozenset[str]]:
    """Read lines of words that claim, and behind a bar of further ones that bear them out."""
    found: dict[str, frozenset[str]] = {}
    for line in lines:
        claiming, _, bearing_out = line.partition("|")
        words = frozenset((*claiming.split(), *bearing_out.split()))
        for word in claiming.split():
            found[word] = found.get(word, _NONE) | words
    return found

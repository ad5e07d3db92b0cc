"""What an inventing model says, and which of it came out at the other end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from api.answer.generation.sentence_stream import cut_sentences
from eval.grounding.case import Case, Kind
from eval.matching import squeeze

_MARK = re.compile(r"\[\d+\]")
# Said last: a model that breaks off loses an unfinished last sentence, which none of the others is.
_LAST = "이상입니다."


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the script.

    Attributes:
        text: with its marker.
        kind: invention or faithful.
        way: how it was made.
        pieces: what is cut of it, each as it is compared.
        before: the sentence that makes an invention of it, as it is compared, or empty; it is
            the first of the pieces.
    """

    text: str
    kind: Kind
    way: str
    pieces: frozenset[str]
    before: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """Sentences that came out, by where they come from.

    Attributes:
        figures, words: inventions, each as its way and what came out of it.
        faithful: how many faithful ones are there whole.
        unknown: those that stand neither in the script nor in the passages.
    """

    figures: tuple[tuple[str, str], ...]
    words: tuple[tuple[str, str], ...]
    faithful: int
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """What a model says to one question.

    Attributes:
        lines: no two of the same text, as a model that repeats itself is broken off.
        ways: of inventing.
        true: the words of the passages, as they are compared.
    """

    lines: tuple[Line, ...]
    ways: frozenset[str]
    true: str

    @classmethod
    def of(cls, said: Iterable[Case], passages: str) -> Script:
        """Return the script of some cases over the text of passages."""
        lines: dict[str, Line] = {}
        ways: set[str] = set()
        for case in said:
            if case.text not in lines and not (case.before and case.before in lines):
                line = _line(case)
                lines |= {text: line for text in (case.text, case.before) if text}
                ways |= {case.way} if case.kind in ("figure", "words") else set()
        return cls(tuple(dict.fromkeys(lines.values())), frozenset(ways), _compared(passages))

    @property
    def text(self) -> str:
        """All that the model says."""
        return "\n".join([*(line.text for line in self.lines), _LAST])

    def count(self, kind: Kind) -> int:
        """Return how many lines are of a kind."""
        return sum(line.kind == kind for line in self.lines)

    def _alone(self, kind: Kind) -> Iterator[Line]:
        """Yield the lines of a kind that are what they are whatever is said before them."""
        return (line for line in self.lines if line.kind == kind and not line.before)

    def account(self, said: Sequence[str]) -> Account:
        """Tell where sentences come from.

        A part of an invention that is itself faithful, or stands in the passages, is none; one
        that leaves its subject to the sentence before is one right behind that.
        """
        out = {_compared(text): text for text in said if _compared(text) != _compared(_LAST)}
        faithful = [line for line in self.lines if line.kind == "faithful"]
        true = {piece for line in faithful for piece in line.pieces}
        odd = {key for key in out if key not in true and key not in self.true}
        figures, words = (
            {key: line.way for line in self._alone(kind) for key in line.pieces & odd}
            for kind in ("figure", "words")
        )
        behind = set(pairwise(map(_compared, said)))
        figures |= {
            key: line.way
            for line in self.lines
            if line.before and line.kind == "figure"
            for key in line.pieces
            if (line.before, key) in behind
        }
        return Account(
            tuple((way, out[key]) for key, way in figures.items()),
            tuple((way, out[key]) for key, way in words.items() if key not in figures),
            sum(line.pieces <= out.keys() for line in faithful),
            tuple(out[key] for key in sorted(odd - figures.keys() - words.keys())),
        )


def _line(case: Case) -> Line:
    marks = "".join(f"[{n}]" for n in case.markers)
    text = f"{case.text} {marks}"
    if case.before:
        text = f"{case.before} {marks}\n{text}"
    pieces = cut_sentences([f"{text}\n{_LAST}"])
    kept = frozenset(_compared(p.text) for p in pieces) - {_compared(_LAST)}
    return Line(text, case.kind, case.way, kept, _compared(case.before))


def _compared(text: str) -> str:
    return squeeze(_MARK.sub("", text)).rstrip(".!?")

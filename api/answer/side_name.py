"""What one side of a comparison is called, and which sentences are about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from api.answer.years import years_in
from retriever.folding import fold

# The MELLODDY of K-MELLODDY, and the 한국 of 북한국경, are other names.
_START, _LATIN_END = r"(?<![0-9a-z가-힣&\-])", r"(?![0-9a-z\-])"
# What another thing is only measured against, or joined with, is not told: 한국과 유사함. One of
# several that something is said of is: 제조업과 도소매업의 수준은.
_LISTED = r"\S+?(?:은|는|이|가|의|을|를|에|도|,)(?:\s|$)"
_MEASURED_AGAINST = (
    r"(?!만(?:이|의|의\s문제가)?\s?아니)"
    r"(?!(?:\s?[·,]\s?[0-9a-z가-힣]+)*(?:(?:보다|대비)(?:[는도]|\s|,)"
    rf"|(?:과|와|이?랑)[는도]?\s(?!달리|다르게|(?!같은|다른){_LISTED})))"
)
_WORD = re.compile(r"[0-9a-z가-힣&\-]+")
_PARTICLE = re.compile(
    r"(?<=[가-힣a-z\d]{2})(?:에서는|에서|에게|으로|까지|부터|은|는|이|가|을|를|의|에|로)$"
)
_BEFORE = ("이전", "종래", "종전", "기존", "과거", "예전", "전통", "지금까지", "그동안", "전에")
_AFTER = ("이후", "지금", "이제", "현재", "최근", "오늘날", "옮겨", "면서", "달라", "후에")
_TIMES = {
    **dict.fromkeys(("전", "이전", "예전", "과거", "옛날", "종전"), _BEFORE),
    **dict.fromkeys(("후", "뒤", "이후", "지금", "현재", "요즘", "최근", "오늘날"), _AFTER),
}
# What only describes a side: 대전에서 신약 하는 기업, 코스닥에 상장된 기업.
_DESCRIBING = re.compile(r"^.*(?:[하되있없받드루쓰]는|[가-힣]던|[된인])\s(?=\S)")
# Of several words that call a side so many must be said.
_ENOUGH_SAID = 0.5
# A subject stands this near the beginning of a sentence, a clause of time before it.
_BEGINNING_CHARS = 30
_HANGUL_END = re.compile(r"[가-힣]$")


@dataclass(frozen=True, slots=True)
class SideName:
    """What a side is called.

    Attributes:
        said: as the question calls it.
        words: those of its words that no other side has, folded, each with its other names.
        years: those that it names and no other side.
        exact: it is a name or a year: what does not say it is not about it.
        named: those of its words that are names: none of them may be left out.
    """

    said: str
    words: tuple[tuple[str, ...], ...]
    years: frozenset[int]
    exact: bool
    named: frozenset[str] = frozenset()

    def told_in(self, text: str, others: Sequence[SideName] = ()) -> bool:
        """Tell whether ``text`` is about this side, and does not only measure another against it.

        Args:
            text: a sentence or a heading.
            others: the other sides: ``한국과 미국은`` tells of both.
        """
        if self.years:
            return self.years <= years_in(text)
        folded = fold(text)
        if any(self.listed_with(other, text) for other in others):
            return True
        if not all(self._says(folded, names) for names in self.words if names[0] in self.named):
            return False
        return self.share_said(folded) >= _ENOUGH_SAID

    def share_said(self, text: str) -> float:
        """Return the share of the words that call this side which ``text`` says of it, 0..1."""
        folded = fold(text)
        said = [self._says(folded, names) for names in self.words]
        return sum(said) / len(said) if said else 1.0

    def listed_with(self, other: SideName, text: str) -> bool:
        """Tell whether ``text`` only names this side beside the other one: A와 B가 있음."""
        folded = fold(text)
        return any(_together(a, b, folded) for a in self._first() for b in other._first())

    def stands_in(self, path: Sequence[str]) -> bool:
        """Tell whether a heading calls this side by a name of its own, not only by 전 or 후."""
        named = bool(self.words) and self.said not in _TIMES
        return named and any(self.told_in(above) for above in path)

    def opens(self, text: str) -> bool:
        """Tell whether ``text`` names this side near its beginning, as what it is about."""
        if self.years or not self.words:
            return True
        folded = fold(text)[:_BEGINNING_CHARS]
        return any(_pattern(name).search(folded) for name in self._first())

    @staticmethod
    def _says(folded: str, names: Sequence[str]) -> bool:
        return any(_pattern(name).search(folded) for name in names)

    def _first(self) -> tuple[str, ...]:
        return self.words[0] if self.words else ()


def side_name(
    said: str, other: str, names: frozenset[str], other_names: Sequence[str] = ()
) -> SideName:
    """Return what a side is called.

    Args:
        said: as the question calls it.
        other: what it calls the other side.
        names: the words of the question that are names, folded.
        other_names: of this side alone, as the search knows them.
    """
    years = years_in(said) - years_in(other)
    shared = frozenset(_words(other))
    called = _DESCRIBING.sub("", said) if not years else said
    own = [word for word in _words(called) if word not in shared]
    aliases = tuple(fold(name) for name in other_names) if len(own) == 1 else ()
    words = tuple((word, *_TIMES.get(word, ()), *aliases) for word in own)
    exact = bool(years) or (bool(own) and names.issuperset(own))
    return SideName(said, words, years, exact, names & frozenset(own))


def _words(name: str) -> list[str]:
    return [_PARTICLE.sub("", word) for word in _WORD.findall(fold(name))]


@lru_cache(maxsize=256)
def _pattern(name: str) -> re.Pattern[str]:
    end = "" if _HANGUL_END.search(name) else _LATIN_END
    return re.compile(f"{_START}{re.escape(name)}{end}{_MEASURED_AGAINST}")


def _together(first: str, second: str, text: str) -> bool:
    """Tell whether a sentence says something of both at once: 한국과 미국은, 기업·기관."""
    joined = r"(?:과|와|이?랑|\s?[·,])\s?"
    one, two = re.escape(first), re.escape(second)
    pattern = rf"{_START}(?:{one}{joined}{two}|{two}{joined}{one})(?!\s?(?:보다|[·,]\S+보다))"
    return re.search(pattern, text) is not None

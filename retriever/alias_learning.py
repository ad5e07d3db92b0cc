"""Aliases that documents explain themselves: 인공지능(AI), AI(인공지능), 「…법」(이하 “법”)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.records import BlockKind, Document
from retriever.abbreviation import fits_initials, korean_name, needed_syllables, same_digits
from retriever.aliases import Alias, merge_counts
from retriever.analysis import KoreanAnalyzer
from retriever.transliteration import likeness

# A name may begin this far before its bracket.
_REACH_CHARS = 60
_MAX_ENGLISH_WORDS = 7
# Rarer readings of one abbreviation are slips of the reader, or meant for one place only.
_LEAST_SHARE = 0.2
# A name in Hangul and in Latin letters that are this alike is one name.
_ALIKE = 0.75

_UNREAD_KINDS = frozenset(
    {BlockKind.REFERENCE, BlockKind.CONTENTS, BlockKind.FURNITURE, BlockKind.SOURCE}
)
_BRACKETS = re.compile(r"\s?[(（]([^()（）]{2,90})[)）]")
_HEREAFTER = re.compile(
    r"^(?:이하|약칭|줄여서|일명)[,:]?\s*['\"‘“「]?([^'\"’”」]{2,30}?)['\"’”」]?"
    r"(?:\s?(?:이?라고?|으?로)\s?(?:한다|함|칭한다|칭함|부른다|약칭))?$"
)
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9&.'’\- ]*[A-Za-z0-9.]")
_ABBREVIATION = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Za-z][A-Za-z0-9&\-]{1,9}")
_HANGUL_NAME = re.compile(r"[가-힣][가-힣 ·]{1,30}")
_LATIN_BEFORE = re.compile(
    r"(?<![A-Za-z0-9-])[A-Za-z][A-Za-z0-9&'\-]*(?: [A-Za-z][A-Za-z0-9&'\-]*){0,6}$"
)
_QUOTED_BEFORE = re.compile(r"[‘“'\"「]([가-힣][가-힣A-Za-z0-9 ·]{1,38})[’”'\"」]$")
_LATIN_CHARACTER = re.compile(r"[A-Za-z0-9]")
_CLOSERS = "’”'\"」*"
_UNITS = "kg km cm mm nm ml mg kb mb gb tb kw mw gw kwh mwh gwh hz khz mhz ghz ppm ppb"
_CURRENCIES = "usd krw eur jpy cny gbp"
_OTHER_MARKS = (
    "am pm bc ad utc kst gmt edt no vs etc fig tbd na pp ed eds et al jr sr"
    " ii iii iv vi vii viii ix xi xii"
)
_NO_NAMES = frozenset(f"{_UNITS} {_CURRENCIES} {_OTHER_MARKS}".split())
_LANGUAGE = re.compile(
    r"^(?:영어|영문|영문명|학명|독일어|프랑스어|라틴어|스페인어|이탈리아어)[:：]\s*"
)
_MAX_LATIN = 2
_MIN_WORD = 3
# A word belongs to a term where it precedes it at least twice, and this share of the time.
_LEAST_TOGETHER = 2
_MOSTLY = 0.5
# A Korean word that explains more Latin names than this is a kind of thing, and no name.
_MOST_NAMES = 2
_PARTS = re.compile(r"\s*[,;:/]\s*")


def learn_aliases(documents: Iterable[Document], analyzer: KoreanAnalyzer) -> tuple[Alias, ...]:
    """Return the aliases that the documents explain, without those that contradict better ones."""
    found = [alias for document in documents for alias in _learn(document, analyzer)]
    return _consistent(merge_counts(found))


def _learn(document: Document, analyzer: KoreanAnalyzer) -> Iterator[Alias]:
    flat = document.text.replace("\n", " ")
    reader = _Reader(analyzer, flat)
    for block in document.blocks:
        if block.kind in _UNREAD_KINDS:
            continue
        for match in _BRACKETS.finditer(flat, block.start, block.end):
            start = max(block.start, match.start() - _REACH_CHARS)
            before = flat[start : match.start()].rstrip(" *")
            for short, long in reader.pairs(before, " ".join(match[1].split())):
                at = start + _start_of((short, long), before)
                quote = document.text[at : match.end()]
                yield Alias(short, long, document.id, at, quote)


def _start_of(names: Iterable[str], before: str) -> int:
    """Return where the name that ends ``before`` starts; its end where none does."""
    bare = before.rstrip(_CLOSERS)
    patterns = (r"\s+".join(map(re.escape, name.split())) + "$" for name in names)
    found = (re.search(pattern, bare) for pattern in patterns)
    return min((match.start() for match in found if match), default=len(before))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads brackets of one document whose text is on one line."""

    analyzer: KoreanAnalyzer
    text: str

    def pairs(self, before: str, inside: str) -> Iterator[tuple[str, str]]:
        """Yield the pairs of names that a bracket explains, given what stands before it."""
        hereafter = _HEREAFTER.match(inside)
        if hereafter:
            yield from self._hereafter(before, hereafter[1].strip())
            return
        bare = before.rstrip(_CLOSERS)
        outer = _LATIN_BEFORE.search(bare)
        latin, korean = _names(inside)
        if outer is not None:
            yield from self._latin_first(outer[0], latin, korean)
        elif latin and _HANGUL_NAME.fullmatch(bare[-2:]):
            yield from self._korean_first(before, bare, latin, korean)

    def _hereafter(self, before: str, short: str) -> Iterator[tuple[str, str]]:
        long = _quoted(before) or self._noun_phrase(before)
        # 위원회 for 국가바이오위원회 finds nothing that the long name does not.
        if long and len(short) < len(long) and not long.endswith(short):
            yield short, long

    def _korean_first(
        self, before: str, bare: str, latin: Sequence[str], korean: str
    ) -> Iterator[tuple[str, str]]:
        short = next((name for name in latin if _is_abbreviation(name)), "")
        long = next((name for name in latin if not _is_abbreviation(name)), "")
        if len(latin) > 1 and not (short and long and fits_initials(short, long)):
            return
        name = _spoken(bare, long or short)
        if not name and not korean:
            phrase = _quoted(before) or self._noun_phrase(bare)
            name = korean_name(phrase, short, long, belongs=self._belongs)
            if short and not same_digits(short, name):
                return
        if name and not _LATIN_CHARACTER.match(bare.removesuffix(name)[-1:]):
            yield from ((other, name) for other in latin)
            if short and long:
                yield short, long

    def _latin_first(
        self, outer: str, latin: Sequence[str], korean: str
    ) -> Iterator[tuple[str, str]]:
        word = outer.rsplit(maxsplit=1)[-1]
        for name in latin:
            if _is_abbreviation(word) and fits_initials(word, name):
                yield word, name
            elif _is_abbreviation(name) and fits_initials(name, outer):
                yield name, outer
            else:
                return
        if korean and self._explains(outer, korean):
            yield word if _is_abbreviation(word) else outer, korean

    def _explains(self, outer: str, korean: str) -> bool:
        """Tell whether a Korean bracket names the Latin word, and not its place, head or maker."""
        if likeness(outer, korean.replace(" ", "")) >= _ALIKE:
            return True
        if not _is_abbreviation(outer) or self.analyzer.phrases(korean) != [korean]:
            return False
        syllables = len(re.sub(r"[ ·]", "", korean))
        return syllables >= needed_syllables(outer) and not self.analyzer.is_name(korean)

    def _noun_phrase(self, text: str) -> str:
        """Return the nouns that end ``text``, or nothing where it does not end in one."""
        ends = [phrase for phrase in self.analyzer.phrases(text) if text.endswith(phrase)]
        return max(ends, key=len, default="")

    def _belongs(self, left: str, right: str) -> bool:
        """Tell whether ``right`` mostly follows ``left`` in the document: 차세대 염기서열."""
        together = self.text.count(f"{left} {right}")
        return together >= _LEAST_TOGETHER and together >= _MOSTLY * self.text.count(right)


def _names(inside: str) -> tuple[list[str], str]:
    """Return the Latin names and the Korean one in a bracket, nothing where it holds more."""
    parts = [part for part in _PARTS.split(_LANGUAGE.sub("", inside)) if part]
    latin = [name for name in parts if _is_latin_name(name)]
    korean = [name for name in parts if _HANGUL_NAME.fullmatch(name)]
    if len(latin) + len(korean) != len(parts) or len(latin) > _MAX_LATIN or len(korean) > 1:
        return [], ""
    return latin, "".join(korean)


def _is_latin_name(name: str) -> bool:
    words = name.split()
    return (
        bool(_LATIN.fullmatch(name))
        and len(words) <= _MAX_ENGLISH_WORDS
        and not any(word.lower().strip(".") in _NO_NAMES for word in words)
        and (_is_abbreviation(name) or (len(name) >= _MIN_WORD and not re.search(r"\d", name)))
    )


def _is_abbreviation(name: str) -> bool:
    return bool(_ABBREVIATION.fullmatch(name))


def _quoted(before: str) -> str:
    match = _QUOTED_BEFORE.search(before)
    return match[1] if match else ""


def _spoken(text: str, latin: str) -> str:
    """Return the last words of ``text`` where they write the sounds of ``latin``."""
    words = text.split()[-len(latin.split()) :]
    said = re.sub(r".*[^가-힣 ]", "", " ".join(words)).strip()
    return said if likeness(latin, said.replace(" ", "")) >= _ALIKE else ""


def _consistent(aliases: Sequence[Alias]) -> tuple[Alias, ...]:
    """Leave out kinds of things, and readings of a short name that a better one makes needless."""
    readings: dict[str, list[Alias]] = defaultdict(list)
    names = Counter(alias.long for alias in aliases)
    for alias in aliases:
        readings[alias.short.lower()].append(alias)
    return tuple(
        alias
        for alias in aliases
        if names[alias.long] <= _MOST_NAMES
        and not any(_is_better(other, alias) for other in readings[alias.short.lower()])
    )


def _is_better(other: Alias, alias: Alias) -> bool:
    if alias.count < _LEAST_SHARE * other.count:
        return True
    return other.count > alias.count and other.long != alias.long and other.long in alias.long

"""Other names for the same thing: AI for 인공지능, NGS for 차세대 염기서열 분석."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

from ingest.errors import OperatorError
from retriever.folding import fold
from retriever.operator_file import operator_lines

# In the folder of a generation, and in the data folder.
LEARNED_FILE = "aliases.json"
OPERATOR_FILE = "aliases.tsv"

# A name this short is looked for at the start of a word only: 이지 would be found in 이미지.
_SHORT_SYLLABLES = 2
_MIN_CHARS = 2
_COLUMNS = 2
_SHOWN_CHARS = 40
_COMMON = Path(__file__).with_name("common_aliases.json")
_GAP = re.compile(r"[\s·]+")
_LETTER = re.compile(r"[0-9a-z]")
_SYLLABLE = re.compile(r"[가-힣]")


@dataclass(frozen=True, slots=True)
class Alias:
    """Two names of one thing.

    Attributes:
        short: the abbreviation, or the name in the other script.
        long: what it stands for.
        document_id: where it was seen first; empty for built-in and the operator's aliases.
        start: offset of ``quote`` in that document's text.
        quote: the exact words that say so: ``인공지능(AI)``.
        count: how often it was seen.
    """

    short: str
    long: str
    document_id: str = ""
    start: int = 0
    quote: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A known name in a question.

    Attributes:
        name: as written in the alias.
        others: the other names of the same thing, the most seen first.
    """

    name: str
    others: tuple[str, ...]


class AliasTable:
    """Finds known names in a question; safe to share between threads.

    Args:
        aliases: learned, built-in and the operator's, in any order.
    """

    def __init__(self, aliases: Iterable[Alias]) -> None:
        others: dict[str, dict[str, int]] = defaultdict(dict)
        self._written: dict[str, str] = {}
        for alias in aliases:
            for name, other in ((alias.short, alias.long), (alias.long, alias.short)):
                key = _key(name)
                self._written.setdefault(key, name)
                others[key][other] = others[key].get(other, 0) + alias.count
        self._others = {
            key: tuple(sorted(found, key=lambda other: -found[other]))
            for key, found in others.items()
            if len(key) >= _MIN_CHARS
        }
        self._lengths = tuple(sorted({len(key) for key in self._others}, reverse=True))

    def others(self, name: str) -> tuple[str, ...]:
        """Return the other names of a thing, the most seen first; none where none is known."""
        return self._others.get(_key(name), ())

    def find(self, text: str) -> list[NameMatch]:
        """Return the names in ``text``, each once; of names that overlap the longest."""
        folded = fold(text)
        places = [i for i, c in enumerate(folded) if not _GAP.match(c)]
        squeezed = "".join(folded[i] for i in places)
        found: dict[str, NameMatch] = {}
        at = 0
        while at < len(squeezed):
            key = next(self._keys_at(folded, places, squeezed, at), None)
            if key is not None:
                found[key] = NameMatch(self._written[key], self._others[key])
            at += len(key) if key else 1
        return list(found.values())

    def _keys_at(self, folded: str, places: Sequence[int], squeezed: str, at: int) -> Iterator[str]:
        for length in self._lengths:
            key = squeezed[at : at + length]
            if len(key) == length and key in self._others:
                start, end = places[at], places[at + length - 1] + 1
                if _stands_alone(folded, start, end, key):
                    yield key


def write_aliases(path: Path, aliases: Sequence[Alias]) -> None:
    """Write aliases as JSON; ``read_aliases`` reads them back."""
    rows = [asdict(alias) for alias in aliases]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=0), encoding="utf-8")


def read_aliases(path: Path) -> tuple[Alias, ...]:
    """Read what ``write_aliases`` wrote.

    Raises:
        OSError, ValueError, TypeError: where the file is not as it was written.
    """
    return tuple(Alias(**row) for row in json.loads(path.read_text(encoding="utf-8")))


@cache
def common_aliases() -> tuple[Alias, ...]:
    """Return the built-in names that any reader of Korean reports knows, read once."""
    rows = json.loads(_COMMON.read_text(encoding="utf-8"))
    return tuple(Alias(short, long) for short, long in rows)


def read_operator_aliases(path: Path) -> tuple[Alias, ...]:
    """Read the operator's list: two names a line with a tab between them, ``#`` for remarks.

    Where there is no such file, there are no aliases.

    Raises:
        OperatorError: ``operator_file_unreadable``, or ``bad_alias`` naming the line.
    """
    aliases = []
    for number, line in enumerate(operator_lines(path), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        names = [name.strip() for name in line.split("\t")]
        shown = line.strip()[:_SHOWN_CHARS]
        if len(names) != _COLUMNS or any(len(_key(name)) < _MIN_CHARS for name in names):
            raise OperatorError(
                "bad_alias",
                f"별칭 파일 {path.name}의 {number}번째 줄을 읽을 수 없습니다: {shown}",
                "한 줄에 두 글자 이상인 이름 둘을 탭으로 나누어 적으세요."
                " 예: NGS<탭>차세대 염기서열 분석",
            )
        aliases.append(Alias(names[0], names[1]))
    return tuple(aliases)


def most_seen_first(aliases: Iterable[Alias]) -> list[Alias]:
    """Return aliases in the order in which a person would want to read them."""
    return sorted(aliases, key=lambda alias: (-alias.count, alias.short.lower(), alias.long))


def merge_counts(aliases: Iterable[Alias]) -> tuple[Alias, ...]:
    """Return each pair of names once, seen first where it was first, with the counts added up."""
    found: dict[tuple[str, str], Alias] = {}
    for alias in aliases:
        pair = (_key(alias.short), _key(alias.long))
        first = found.get(pair)
        found[pair] = replace(first, count=first.count + alias.count) if first else alias
    return tuple(found.values())


def _key(name: str) -> str:
    return _GAP.sub("", fold(name))


def _stands_alone(text: str, start: int, end: int, key: str) -> bool:
    """Tell whether the name is not a piece of a longer word on a side where that matters."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if _LETTER.match(key) and _LETTER.match(before):
        return False
    if _LETTER.match(key[-1]) and _LETTER.match(after):
        return False
    short = len(key) <= _SHORT_SYLLABLES and _SYLLABLE.match(key)
    return not (short and _SYLLABLE.match(before))

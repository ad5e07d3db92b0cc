"""Question words as they are typed in a chat: 머야 for 뭐야, 어케 for 어떻게, 몆 for 몇."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retriever.folding import fold
from retriever.query_edit import PARTICLES, Edit, QueryReader
from retriever.word_list import WordList

_MIN_STEM = 2
# 모 only before what no noun takes: 모임 and 모가 are words.
_WHAT = re.compile(
    r"(?P<before>[가-힣A-Za-z0-9]*?)"
    r"(?:머(?=(?:야|예요|에요|에여|여|냐|임|죠|래)(?![가-힣]))|모(?=(?:야|예요|에요)(?![가-힣])))"
)
_AT_START = (
    (re.compile(r"(?<![가-힣])머(?=[가를]\s|하[는고면려]|[한할해했])"), "뭐"),
    (re.compile(r"(?<![가-힣])[머먼몬](?=가요(?![가-힣]))"), "뭔"),
    (re.compile(r"(?<![가-힣])(?:어케|어떡게|어떻케|어떡케|어뜨케)"), "어떻게"),
    (re.compile(r"(?<![가-힣])언재"), "언제"),
)
# No word is written with it.
_HOW_MANY = re.compile("몆")


def asking_edits(text: str, words: WordList, reader: QueryReader) -> Iterator[Edit]:
    """Yield the slips in question words, which no corpus tells how to write."""
    taken = set()
    for found in _WHAT.finditer(text):
        before = found["before"]
        if not before or _is_noun_with_particle(before, f"{before}{text[found.end() - 1]}", words):
            taken.add(found.end() - 1)
            yield Edit(found.end() - 1, found.end(), " 뭐" if before else "뭐")
    for pattern, meant in _AT_START:
        for found in pattern.finditer(text):
            if found.start() not in taken:
                yield Edit(found.start(), found.end(), meant)
    for found in _HOW_MANY.finditer(text):
        yield Edit(found.start(), found.end(), "몇")


def _is_noun_with_particle(before: str, whole: str, words: WordList) -> bool:
    """Tell whether the corpus holds what stands before 뭐, and not the two as one word (폴리머)."""
    if fold(whole) in words:
        return False
    ends = range(len(before), _MIN_STEM - 1, -1)
    return any(
        fold(before[:end]) in words
        for end in ends
        if end == len(before) or PARTICLES.fullmatch(before[end:])
    )

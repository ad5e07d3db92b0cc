"""What surrounds the body of a report: title lines, cover, table of contents, running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ingest.apparatus import (
    is_byline,
    is_caption,
    is_contents_entry,
    is_contents_title,
    is_foreign_capitals,
    is_imprint,
    is_office,
    is_page_number,
    is_source,
)
from ingest.endings import HEADING_CHARS, is_heading_like, is_predicate
from ingest.lines import Line, key, one_line
from ingest.marks import MARKDOWN, Family, is_lookalike

_TITLE_CHARS = 100
_TITLE_LINES = 3
# Fewer numbered lines in a row without a body are a list, not a table of contents.
_CONTENTS_ENTRIES = 3
# Share of a run's entries that must come again as headings.
_REPEATED_SHARE = 0.6
_RUNNING_REPEATS = 3
# A heading as short as this (현황) may well stand again below a longer one.
_RUNNING_KEY_CHARS = 6
# A page number on the same line as a running head, on either side.
_PAGE_NUMBERS = re.compile(r"^\d{1,4}\s+(?=\D)|(?<=\D)\s+\d{1,4}$")
_SENTENCE_END = re.compile(r"(?<![A-Z])[.,:]$")  # 워싱턴 D.C. is a name
_PAGE_TAIL = re.compile(r"[\s.·…‥⋯ㆍ]*\d{1,4}$")


@dataclass(frozen=True, slots=True)
class Title:
    """Where the title stands.

    Attributes:
        first, last: indices of its first and last line; -1 where there is none.
        words: the title on one line.
        furniture: indices of cover lines around it.
    """

    first: int = -1
    last: int = -1
    words: str = ""
    furniture: tuple[int, ...] = ()


def find_title(lines: list[Line], known: str | None) -> Title:
    """Finds the title lines at the top.

    Args:
        lines: lines of the body.
        known: the title where front matter gives one; only lines that say the same are then
            taken for the title.

    Returns:
        The title, empty where the text begins without one.
    """
    furniture: list[int] = []
    for index, line in enumerate(lines):
        words = line.words
        mark = line.mark
        if mark is not None and mark.symbol == MARKDOWN and mark.rank == 1:
            return _markdown_title(lines, index, furniture, known)
        if is_imprint(words) or is_page_number(words) or is_foreign_capitals(words):
            furniture.append(index)
        elif mark is not None and not is_lookalike(mark):
            break
        elif not is_byline(words):
            found = _title_lines(lines, index)
            if found.last >= 0 and _agrees(found.words, known):
                furniture.extend(_imprint_below(lines, found.last))
                return Title(index, found.last, found.words, tuple(furniture))
            break
    return Title(furniture=tuple(furniture)) if known else _foreign_title(lines, furniture)


def _imprint_below(lines: list[Line], title_end: int) -> Iterator[int]:
    """Dates and numbers on the cover below the title."""
    for index in range(title_end + 1, len(lines)):
        words = lines[index].words
        if lines[index].mark is None and is_imprint(words):
            yield index
        elif not (is_office(words) or is_byline(words)):
            return


def _markdown_title(
    lines: list[Line], index: int, furniture: list[int], known: str | None
) -> Title:
    marks = [line.mark for line in lines]
    tops = sum(mark is not None and mark.symbol == MARKDOWN and mark.rank == 1 for mark in marks)
    mark = marks[index]
    words = one_line(lines[index].text[mark.body :]) if mark is not None else ""
    is_title = tops == 1 or (known is not None and _agrees(words, known))
    return Title(index, index, words, tuple(furniture)) if is_title else Title()


def _title_lines(lines: list[Line], first: int) -> Title:
    """The longest run of title lines from a line on; a name or date below is not of it."""
    last = first
    words = lines[first].words
    if not _could_be_title(words):
        return Title()
    for index in range(first + 1, min(first + _TITLE_LINES, len(lines))):
        line = lines[index]
        more = line.words
        joined = f"{words} {more}"
        is_other = is_byline(more) or is_imprint(more) or is_office(more)
        if line.gap or is_other or line.mark or not _could_be_title(joined):
            break
        words, last = joined, index
    below = lines[last + 1] if last + 1 < len(lines) else None
    goes_on = below is not None and below.gap == 0 and below.mark is None
    if is_predicate(words) and (goes_on or last > first or len(words) > HEADING_CHARS):
        return Title()  # prose; a headline may be a sentence, but stands alone
    if goes_on and last > first:  # the lines go on: a paragraph that was set in short lines
        return Title(first, first, lines[first].words)
    return Title(first, last, words)


def _could_be_title(words: str) -> bool:
    is_long = len(words) > _TITLE_CHARS
    is_note = is_caption(words) or is_source(words) or is_contents_title(words)
    return not (is_long or is_note or _SENTENCE_END.search(words))


def _agrees(words: str, known: str | None) -> bool:
    if known is None:
        return True
    here, there = key(words), key(known)
    return bool(here) and (here in there or there in here)


def _foreign_title(lines: list[Line], furniture: list[int]) -> Title:
    """A title in capitals where no Korean line could be one."""
    for index in furniture:
        words = lines[index].words
        if is_foreign_capitals(words) and not is_imprint(words) and index + 1 == furniture[-1] + 1:
            rest = tuple(other for other in furniture if other != index)
            return Title(index, index, words, rest)
    return Title(furniture=tuple(furniture))


def find_contents(lines: list[Line], taken: set[int]) -> list[int]:
    """Finds the lines of tables of contents."""
    keys = _Keys.read([_entry_key(line) for line in lines])
    found: list[int] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        end, is_contents = index + 1, is_contents_entry(line.text)
        if index in taken:
            is_contents = False
        elif is_contents_title(line.text):
            end = _listed_end(lines, keys, index + 1)
            is_contents = True
        elif not is_contents:
            end, is_contents = _numbered_run(lines, keys, taken, index)
        if is_contents:
            found.extend(range(index, end))
        index = end
    return found


@dataclass(frozen=True, slots=True)
class _Keys:
    """Keys of the lines, and where each comes last, alone or with the next line's."""

    lines: list[str]
    last: dict[str, int]

    @classmethod
    def read(cls, keys: list[str]) -> _Keys:
        last = {one + two: index for index, (one, two) in enumerate(pairwise(keys))}
        return cls(keys, last | {name: index for index, name in enumerate(keys)})

    def comes_again(self, name: str, index: int) -> bool:
        """Says whether a key stands at or behind a line."""
        return self.last.get(name, -1) >= index


def _entry_key(line: Line) -> str:
    if len(line.text) > _TITLE_CHARS * 2:
        return f"line at {line.start}"
    mark = line.mark
    return key(_PAGE_TAIL.sub("", line.text[mark.body if mark else 0 :]))


def _listed_end(lines: list[Line], keys: _Keys, start: int) -> int:
    """The index behind the entries under 목차: where one comes again, or where prose begins."""
    seen: set[str] = set()
    for index in range(start, len(lines)):
        line, name = lines[index], keys.lines[index]
        is_listed = is_contents_entry(line.text) or _is_entry(line)
        is_apart = line.gap > 1 or (line.mark is None and line.gap > 0)
        is_body = is_apart and not keys.comes_again(name, index + 1)
        if name in seen or not is_listed or is_body:
            return index
        seen.add(name)
    return start


def _is_entry(line: Line) -> bool:
    mark = line.mark
    is_listed = mark is None or mark.family is not Family.FOOTNOTE
    return is_listed and is_heading_like(line.words)


def _numbered_run(lines: list[Line], keys: _Keys, taken: set[int], start: int) -> tuple[int, bool]:
    """The end of a run of numbered lines, and whether its entries come again as headings."""
    entries: list[str] = []
    end = start
    while end < len(lines) and end not in taken and (end == start or lines[end].gap == 0):
        mark = lines[end].mark
        if mark is not None and mark.family in {Family.CHAPTER, Family.NUMBER}:
            entries.append(keys.lines[end])
        elif mark is None and entries and is_heading_like(lines[end].text):
            entries[-1] += keys.lines[end]
        else:
            break
        end += 1
    repeated = sum(keys.comes_again(entry, end) for entry in entries)
    is_list = len(entries) < _CONTENTS_ENTRIES or repeated < _REPEATED_SHARE * len(entries)
    return max(end, start + 1), not is_list


def find_running_heads(lines: list[Line], title: Title, taken: set[int]) -> list[int]:
    """Finds lines that pages repeat: the title, a chapter's name, a series name in capitals."""
    keys = [
        key(_PAGE_NUMBERS.sub("", line.text)) if len(line.text) < _TITLE_CHARS else ""
        for line in lines
    ]
    counts = Counter(keys)
    names = {key(title.words)} | _chapter_names(lines)
    capitals = {word for index in title.furniture for word in lines[index].words.upper().split()}
    found: list[int] = []
    last_chapter = ""
    for index, line in enumerate(lines):
        if index in taken:
            continue
        mark = line.mark
        if mark is not None and mark.family is Family.CHAPTER:
            if keys[index] == last_chapter:
                found.append(index)
            last_chapter = keys[index]
        elif mark is None and len(line.text) <= HEADING_CHARS:
            repeats = counts[keys[index]] >= _RUNNING_REPEATS
            is_name = keys[index] in names and len(keys[index]) >= _RUNNING_KEY_CHARS
            is_series = set(line.text.upper().split()) <= capitals
            is_numbered = _PAGE_NUMBERS.search(line.text) is not None
            is_paged = repeats and (is_numbered or _is_beside_page_number(lines, index))
            if is_name or is_series or is_paged or (repeats and is_foreign_capitals(line.text)):
                found.append(index)
    return found


def _chapter_names(lines: list[Line]) -> set[str]:
    marked = ((line, line.mark) for line in lines)
    return {
        key(line.text[mark.body :])
        for line, mark in marked
        if mark is not None and mark.family is Family.CHAPTER
    }


def _is_beside_page_number(lines: list[Line], index: int) -> bool:
    beside: Iterator[int] = (place for place in (index - 1, index + 1) if 0 <= place < len(lines))
    return any(is_page_number(lines[place].text) for place in beside)

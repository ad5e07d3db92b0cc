"""Lines of a text with their offsets, and the words on them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.marks import Mark, read_mark

# Columns that a tab in front of a line stands for when indents are compared.
_TAB_COLUMNS = 4
_EMPHASIS = re.compile(r"\*\*+|__(?=\S)|(?<=\S)__")
# References to footnotes: ¹⁾, ²³⁾, [^1]; a bare superscript (km²) is a part of its word.
REFERENCE_MARK = re.compile(r"[¹²³⁰⁴-⁹]{1,3}⁾|\[\^\w{1,9}\]")
_BREAK = re.compile(r"(?<![ \t])[ \t]*\n\s*")
# A page number that stands alone between two halves of a broken sentence.
_PAGE_NUMBER = re.compile(r"\n[ \t]*+(?:[-–—][ \t]*+)?\d{1,4}[ \t]*+(?:[-–—][ \t]*+)?(?=\n)")
# Particles and endings that are never a word of their own: a line that begins with one of them
# was broken inside a word.
_BOUND = re.compile(
    r"(?:은|는|을|를|의|에|에서|에게|으로|로|와|과|까지|부터|으로써|으로서|하고|하여|하는|하며|하였음|하였다"
    r"|한다|했다|하게|되고|되어|되는|되며|되었음|되었다|된다|됐다|됨|함|임|이며|이고|적인|적으로|들이|들을|들의"
    r"|째|씩|[률율](?:은|는|이|가|을|를|의|로|에)?)(?=[\s.,)]|$)"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank.

    Attributes:
        head: offset of the line's first character, blanks included.
        start, end: offsets of the first character that is not blank, and behind the last.
        indent: columns of blanks in front.
        gap: blank lines between this line and the last one that is not blank.
        text: the characters from start to end.
        words: the text without emphasis and footnote references.
        mark: its list or heading mark, or None.
    """

    head: int
    start: int
    end: int
    indent: int
    gap: int
    text: str
    words: str
    mark: Mark | None


def split_lines(text: str, start: int = 0) -> list[Line]:
    """Lists the lines of a text from an offset on, blank ones left out."""
    lines: list[Line] = []
    gap = 0
    head = start
    for raw in text[start:].split("\n"):
        words = raw.strip()
        if words:
            lead = len(raw) - len(raw.lstrip())
            indent = len(raw[:lead].expandtabs(_TAB_COLUMNS))
            first = head + lead
            span = (head, first, first + len(words))
            lines.append(Line(*span, indent, gap, words, one_line(words), read_mark(words)))
        gap = 0 if words else gap + 1
        head += len(raw) + 1
    return lines


def one_line(raw: str) -> str:
    """Puts the words of a slice on one line, without emphasis and footnote references."""
    joined = _PAGE_NUMBER.sub("", raw) if "\n" in raw else raw
    pieces = _BREAK.split(joined.strip())
    words = pieces[0]
    for piece in pieces[1:]:
        words += piece if _BOUND.match(piece) else f" {piece}"
    return " ".join(REFERENCE_MARK.sub("", _EMPHASIS.sub("", words)).split())


def key(text: str) -> str:
    """The letters and digits of a text, in lower case: equal for the same words set differently."""
    return "".join(char for char in one_line(text).lower() if char.isalnum())

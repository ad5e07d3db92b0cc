"""A cited fragment said so that it reads as an answer, in the document's own words."""

from __future__ import annotations

import re
from collections.abc import Collection

from api.answer.marker import SPACED_MARKER
from ingest.endings import is_predicate
from retriever.folding import fold

_EMPTY_BRACKETS = re.compile(r"\s*\(\s*(?:[,;]\s*)*\)")
_EMPHASIS = re.compile(r"\*\*|__")
_BULLET = re.compile(r"^(?:[□■◇◆○●◎◦•·▪▶▷►※☞*ㅇ-]\s+)+")
_COUNT = re.compile(r"^[①-⑳]\s*")
_CIRCLED = re.compile(r"[①-⑳]")
# A footnote's number stands right behind a word, its bracket closing nothing: 증가함1), 성장³⁾.
_NOTE = re.compile(r"(?<=[가-힣.])(?:[¹²³⁰⁴-⁹]+⁾?|\d{1,2}\))(?=[\s,.]|$)")
_SOURCE = re.compile(
    r"(?:(?<=\S)\s*\((?:자료|출처)\s*[:：][^()]*\)"
    r"|(?<=[.)함임음됨다])\s*[*※]?\s*(?:자료|출처)\s*[:：].*)$"
)
_LABEL = re.compile(r"^\((?P<label>[^()]{2,24})\)\s+(?P<rest>\S.{9,})$", re.DOTALL)
_HEADING_MARK = re.compile(
    r"^(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+\.?|\d+(?:\.\d+)*[.)]|[가-하][.)]|\(\d+\)|[①-⑳]|제\s?\d+\s?[장절])\s+"
)
# Longer sentences hold more than the numbers of references.
_SHORT_CHARS = 12
# Longer headings are sentences of their own: put before a fragment they would drown it.
_SUBJECT_CHARS = 30
# A heading that is mostly something else than what the question names is no subject.
_MIN_NAMED = 0.5
# A topic or subject this near the start is the fragment's own.
_CONNECTED = re.compile(
    r"^(?:다만|그러나|하지만|반면|따라서|그러므로|그래서|그 결과|또한|아울러|더불어|특히|나아가"
    r"|한편|그리고|여기에|이에|이를|이로써|이는|이와|이러한|이 같은|예를 들어|즉)[\s,]"
)
# What ties a sentence to one before it, which the first of an answer does not have.
_TIES = re.compile(
    r"^(?:또한|특히|아울러|한편|더불어|나아가|그리고|반면에?|이에 비해|이에 반해|하지만|그러나"
    r"|그런데|따라서|그래서|결국)(?:,\s*|\s+)(?=\S.{9})"
)
_TOLD_LABEL = re.compile(r"^[^:]{1,30}:\s")
_OWN_SUBJECT = re.compile(r"^(?:\S+\s){0,3}?\S*[가-힣A-Za-z\d)’”'\"」](?:은|는|이|가|께서)\s")


def cleaned(text: str) -> str:
    """Return a sentence without what only the page needed.

    Bullets, emphasis, numbers of footnotes and references, empty brackets and a source named at
    its end are left out; a label in brackets at its start is told with a colon.
    """
    text = _EMPHASIS.sub("", SPACED_MARKER.sub("", text))
    text = _SOURCE.sub("", _EMPTY_BRACKETS.sub("", text))
    text = _without_notes(_BULLET.sub("", " ".join(text.split())))
    if len(_CIRCLED.findall(text)) == 1:
        text = _COUNT.sub("", text)
    label = _LABEL.match(text)
    return f"{label['label']}: {label['rest']}" if label else text


def without_connective(text: str) -> str:
    """Return a sentence without a word at its start that ties it to one before it."""
    return _TIES.sub("", text)


def says_something(text: str) -> bool:
    """Tell whether anything is left of a sentence without the numbers of references."""
    return len(text) > _SHORT_CHARS or any(map(str.isalpha, cleaned(text)))


def subject_above(path: Collection[str], wanted: Collection[str], text: str) -> str:
    """Return the nearest short heading that says what a fragment is about, or an empty string.

    Args:
        path: texts above the fragment, outermost first.
        wanted: words of the question that stand above the fragment and not in it.
        text: the fragment.

    Returns:
        The heading without its number, or the label that a longer one begins with; nothing where
        the fragment has a subject of its own or no short heading holds a wanted word.
    """
    if any(known.match(text) for known in (_OWN_SUBJECT, _CONNECTED, _TOLD_LABEL)):
        return ""
    for above in reversed(list(path)):
        name = _short_name(above)
        folded = fold(name)
        if _named_share(folded, wanted) >= _MIN_NAMED and folded not in fold(text):
            return name
    return ""


def _named_share(name: str, words: Collection[str]) -> float:
    """Return the share of a name's characters that belong to any of ``words``, 0..1."""
    places = {
        place
        for word in words
        for match in re.finditer(re.escape(word), name)
        for place in range(*match.span())
    }
    return len(places) / len(name) if name else 0.0


def with_subject(subject: str, text: str) -> str:
    """Put what a fragment is about before it."""
    return f"{subject}: {text}" if subject else text


def is_noun_phrase(text: str) -> bool:
    """Tell whether 입니다 can follow ``text``: it ends in a noun, a figure or a bracket."""
    return bool(text) and (text[-1].isalnum() or text[-1] in ")%’'\"”」") and not is_predicate(text)


def _short_name(above: str) -> str:
    plain = _HEADING_MARK.sub("", _EMPHASIS.sub("", above)).strip()
    label = _LABEL.match(plain)
    name = label["label"] if label else plain
    says = " " in name and is_predicate(name)
    return name if len(name) <= _SUBJECT_CHARS and not says else ""


def _without_notes(text: str) -> str:
    def kept(match: re.Match[str]) -> str:
        before = text[: match.start()]
        return match[0] if before.count("(") > before.count(")") else ""

    return _NOTE.sub(kept, text)

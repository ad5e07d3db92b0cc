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
_LABEL = re.compile(r"^\((?P<label>[^()]{2,40})\)\s+(?P<rest>\S.{9,})$", re.DOTALL)
# What a label says about itself and not about its sentence.
_OVERVIEW = re.compile(r"\s?(?:개요|요약)$")
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
# What ties a sentence to one before it, which it does not need to be understood without that one:
# 이에 대한 … and 여기에 …를 합하면 do.
_BOUND = (
    r"대[한해하]|관[한해하]|해당|속[한하]|따른|따르|의[한해하]|맞[춰게서추]|대응|힘입|앞서|이르|이른|그[치친]"
    r"|머[무문]|불과|더[해하한]"
)
_TIES = re.compile(
    r"^(?:또한|특히|아울러|한편|더불어|나아가|그리고|다만|물론|즉|반면에?|반대로|하지만|그러나|그런데"
    r"|그럼에도(?: 불구하고)?|따라서|그러므로|그래서|그 결과|결국|이외에도|이로 인해|이로써"
    r"|이에 (?:비해|비하여|반해|따라서?)|이와는? (?:달리|반대로|더불어|함께|동시에)"
    r"|이를 (?:위해서?는?|위하여|통해서?)"
    rf"|이에(?=\s(?!{_BOUND})(?:\S+\s){{0,2}}?\S+[은는이가도]\s)"
    r"|여기에(?!.{0,60}(?:합[하치]|더[하해한]|추가|포함|속[하한]|들[이임어]|모[이인]))"
    r")(?:,\s*|\s+)(?=\S.{9})"
)
# A label is repeated where its sentence begins as it does, and has half of its pairs of letters
# within so many more letters than it has.
_REPEATED = 0.5
_REPEATED_WITHIN = 12
# What stands between the cells of a row that is told.
BETWEEN_CELLS = " / "
_TOLD_LABEL = re.compile(r"^(?P<label>[^:]{1,40}):\s(?P<rest>\S.+)$", re.DOTALL)
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
    return f"{_OVERVIEW.sub('', label['label'])}: {label['rest']}" if label else text


def without_repeated_label(text: str) -> str:
    """Return a told sentence without a label at its start whose words it says itself."""
    told = _TOLD_LABEL.match(text)
    if told is None:
        return text
    label, rest = "".join(fold(told["label"]).split()), "".join(fold(told["rest"]).split())
    start = rest[: len(label) + _REPEATED_WITHIN]
    pairs = [label[at : at + 2] for at in range(len(label) - 1)]
    said = sum(pair in start for pair in pairs)
    begins = start.startswith(label[:2]) and BETWEEN_CELLS not in text
    return told["rest"] if begins and said >= _REPEATED * len(pairs) else text


def without_label(text: str) -> str:
    """Return a told sentence without a label at its start."""
    told = _TOLD_LABEL.match(text)
    return told["rest"] if told and BETWEEN_CELLS not in text else text


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
        the fragment has a subject of its own, or no short heading above it, up to the nearest
        bullet that says something, holds a wanted word.
    """
    if any(known.match(text) for known in (_OWN_SUBJECT, _CONNECTED, _TOLD_LABEL)):
        return ""
    for above in reversed(list(path)):
        name = _short_name(above)
        folded = fold(name)
        if name and _named_share(folded, wanted) >= _MIN_NAMED and folded not in fold(text):
            return name
        # What a bullet has more to say on is not what the headings above that bullet name.
        if not name or _LABEL.match(_plain_heading(above)):
            return ""
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


def _plain_heading(above: str) -> str:
    return _HEADING_MARK.sub("", _EMPHASIS.sub("", above)).strip()


def _short_name(above: str) -> str:
    plain = _plain_heading(above)
    label = _LABEL.match(plain)
    name = label["label"] if label else plain
    says = " " in name and is_predicate(name)
    return name if len(name) <= _SUBJECT_CHARS and not says else ""


def _without_notes(text: str) -> str:
    def kept(match: re.Match[str]) -> str:
        before = text[: match.start()]
        return match[0] if before.count("(") > before.count(")") else ""

    return _NOTE.sub(kept, text)

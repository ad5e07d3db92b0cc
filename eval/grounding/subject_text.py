"""The subject that a sentence begins with, found without the parser under test."""

from __future__ import annotations

import re

_SUBJECT = re.compile(r"^(?P<subject>[^,]{2,40}?[가-힣A-Za-z)])(?P<particle>[은는이가]) ")
_TOPIC = re.compile(
    r"^(?P<subject>(?:[가-힣A-Za-z·&]{2,} )?[가-힣A-Za-z·&]{2,})(?P<particle>[은는]) "
)
# 하는, 있는, 밝은, 또는: no topic ends so, although it looks like one.
_NO_TOPIC = re.compile(r"(?:[하되있없않라다또]|불리|미치|이르|따르|못하|나오|나가|[해어아]서)$")
_ADJECTIVE = re.compile(r"[밝많높낮같작넓좋깊굵짧]$")
_NO_SUBJECT = frozenset(
    ["최근", "현재", "오늘날", "향후", "이후", "당시", "또한", "그러나", "따라서", "특히"]
)
_REFERS_BACK = re.compile(
    r"(?:(?:이|그|이들|그들|이것|그것)(?: |의 |[은는이가] )|이러한|이런|그러한|이렇듯)"
)


def subject_of(text: str) -> re.Match[str] | None:
    """Return the subject that a sentence begins with, written with its particle."""
    found = _SUBJECT.match(text)
    if found is None:
        return None
    no_noun = {"는": _NO_TOPIC, "은": _ADJECTIVE}.get(found["particle"])
    return None if no_noun is not None and no_noun.search(found["subject"]) else found


def short_topic(text: str) -> re.Match[str] | None:
    """Return a topic of one or two words that a sentence begins with."""
    found = _TOPIC.match(text)
    return found if found and subject_of(text) and not refers_back(text) else None


def refers_back(text: str) -> bool:
    """Tell whether a sentence begins with a word for what an earlier one named."""
    return _REFERS_BACK.match(text) is not None


def distinct(subject: str, scope: str) -> bool:
    """Tell whether a subject names something that the scope does not."""
    words = [w for w in re.findall(r"[가-힣A-Za-z]{2,}", subject) if w[:2] not in scope]
    return any(w not in _NO_SUBJECT for w in words)

"""What the conversation listed, and which of it a question means by its place or by its number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from api.answer.ellipsis import subjects
from retriever.analysis import KoreanAnalyzer
from retriever.particles import refit

# Of a listed item, its first words say which one is meant.
_ITEM_PHRASES = 4
# A longer one is a sentence and no item: two sentences are no list of things.
_MOST_ITEM_CHARS = 25
_LABEL = re.compile(r"^\([^)]{1,20}\)\s*")
_CIRCLED = re.compile(r"[①-⑳]")
_BULLET = re.compile(r"^(?:[-·•*○□]|\d+[.)])\s*")
# 전략 1: what it is; the number says nothing of it.
_NUMBERED = re.compile(
    r"^(?:[가-힣]{1,6}\s)?\d{1,2}(?:단계|차|호)?:\s|^(?:첫|둘|셋|넷|다섯|여섯)째[,:]\s"
)
# 플랫폼화: what it means.
_HEAD = re.compile(r"^([^:]{1,20}):\s.*$")
_LISTED = re.compile(r"[가-힣A-Za-z0-9]\s?(?:,|와 |과 |및 )")
_COMMAS = re.compile(r"\s*(?:,| 및 |(?<=[가-힣A-Za-z0-9])[와과] (?=\S))\s*")
_PREDICATE_TAIL = re.compile(r"(?:은|는|이|가|을|를|에|입니다|이다|임|등).*$")
_ORDINAL = re.compile(
    r"^(?:첫|두|둘|세|셋|네|넷|다섯|[1-9])\s?(?:번\s?)?(?:째|번)(?:\s?(?:것|거|건|게))?"
    r"|^(?:마지막|맨 끝|맨 앞|맨 뒤)(?:\s?(?:것|거|건|게))?|^(?:전자|후자)"
    r"|^(?:앞|뒤|먼저|나중)에?\s?(?:말한|나온|언급한|든|의)"
)
_PLACES = ("첫|1|앞|먼저|전자|맨 앞", "두|둘|2", "세|셋|3", "네|넷|4", "다섯|5")
_LAST = re.compile(r"^(?:마지막|맨 끝|맨 뒤|뒤|나중|후자)")
_NATIVE = {
    number: words.split("|")
    for number, words in enumerate(
        ("한|하나", "두|둘", "세|셋", "네|넷", "다섯", "여섯", "일곱", "여덟", "아홉", "열"),
        start=1,
    )
}
_VALUES = {word: number for number, words in _NATIVE.items() for word in words}
_NUMBER = rf"\d{{1,2}}|{'|'.join(_VALUES)}"
# What things are counted by; the last are nouns that count themselves.
_COUNTER = (
    r"(?:개|가지|곳|군데|명|분|종|건|편|쪽|놈"
    r"|회사|기업|업체|기관|나라|도시|부처|사람|분야|단계|측면|전략|과제|기술|사업|방법|이유|업종)"
)
_KIND_OF_THING = r"(?:\s(?:회사|기업|업체|기관|나라|도시|부처|사람|분야|전략|과제|기술|사업))?"
# 두 번째 회사 is one of those just told, whatever they were called.
_KIND = re.compile(r"회사|기업|업체|기관|나라|국가|도시|부처|사람|항목|이유|방법|단계")
_KIND_OF_NAMED = _KIND_OF_THING.replace("|사람", "")
# 나머지 한 곳, 다른 하나: what was listed and not yet asked about.
_REST = re.compile(
    rf"^(?:나머지(?:\s(?P<count>{_NUMBER})(?:\s?{_COUNTER})?)?"
    rf"|(?:또\s)?다른\s(?P<other>{_NUMBER})(?:\s?{_COUNTER})?){_KIND_OF_NAMED}들?"
    r"(?=$|[?,]|[은는이가을를의도만에])"
)
# 그 여섯 개: what was listed or counted just before.
_COUNTED = re.compile(
    rf"^(?:그|이|저|위(?:의)?|해당)\s?(?P<count>{_NUMBER})(?:\s?{_COUNTER}|(?<=[둘셋넷]))"
    rf"{_KIND_OF_THING}"
    r"(?=$|[\s?,]|[은는이가을를의도만에])"
)


def items_of(answer: str) -> list[str]:
    """Return what an answer lists: its lines, its circled numbers, or what commas part."""
    said = [line.strip() for line in answer.splitlines() if line.strip()]
    bullets = [line for line in said if _BULLET.match(line)]
    # A line above the bullets only says what they are.
    lines = [_unmarked(line) for line in (bullets if len(bullets) > 1 else said)]
    if len(lines) > 1:
        return [_HEAD.sub(r"\1", line) for line in lines]
    line = lines[0] if lines else ""
    if len(_CIRCLED.findall(line)) > 1:
        parts = _CIRCLED.split(line)[1:]
        return [_PREDICATE_TAIL.sub("", part).strip(" ,.") for part in parts]
    if not _LISTED.search(line):
        return []
    return _enumerated(line)


def _unmarked(line: str) -> str:
    """Return a line without its bullet, its label and its number."""
    return _NUMBERED.sub("", _LABEL.sub("", _BULLET.sub("", line.strip()))).strip()


def _enumerated(line: str) -> list[str]:
    """Return the words of ``A, B와 C가 있습니다`` without what stands before and behind them."""
    parts = [part for part in _COMMAS.split(line) if part]
    head = re.split(r"(?:은|는|에는|으로는|로는|이|가)\s", parts[0])[-1]
    tail = re.split(r"(?:은|는|이|가|을|를|에|의|로|등|입니다|이다)(?:\s|$|[.])", parts[-1])[0]
    return [head.strip(), *(p.strip() for p in parts[1:-1]), tail.removesuffix("입니다.").strip()]


def counts_back(rest: str, spoken: str) -> bool:
    """Tell whether 두 번째 counts what was ``spoken`` of: 첫 번째 월드컵 may be something new."""
    match = _ORDINAL.match(rest)
    if match is None or match[0].endswith(("것", "거", "건", "게")):
        return True
    counted = re.match(r"\s(?P<noun>[가-힣A-Za-z]{2})", rest[match.end() :])
    return counted is None or counted["noun"] in spoken or bool(_KIND.match(counted["noun"]))


def with_item(rest: str, items: Sequence[str], analyzer: KoreanAnalyzer) -> str | None:
    """Put the item that a question counts to in the place of the counting, or return None."""
    match = _ORDINAL.match(rest)
    if match is None or not items:
        return None
    places = (n for n, words in enumerate(_PLACES) if re.match(words, rest))
    place = len(items) - 1 if _LAST.match(rest) else next(places, 0)
    if place >= len(items):
        return None
    words = " ".join((subjects(items[place], analyzer) or [items[place]])[:_ITEM_PHRASES])
    return refit(words, rest[match.end() :])


def with_rest(rest: str, exchanges: Sequence[tuple[str, str]]) -> tuple[str, str, str] | None:
    """Put what was listed and not asked about yet in the place of 나머지.

    Args:
        rest: the question.
        exchanges: earlier questions with their answers, oldest first.

    Returns:
        The question, what was put in, and the item that was asked about last; None where nothing
        was listed of which just the rest has not been asked about.
    """
    match = _REST.match(rest)
    if match is None:
        return None
    count = match["count"] or match["other"]
    for place in range(len(exchanges) - 2, -1, -1):
        later = " ".join(question for question, _ in exchanges[place + 1 :])
        for items in _lists_of(exchanges[place][1]):
            left = [item for item in items if item not in later]
            asked = [item for item in items if item in later]
            if left and asked and count in (None, *_numerals(len(left))):
                joined = ", ".join(left)
                return refit(joined, rest[match.end() :]), joined, asked[-1]
    return None


def _lists_of(answer: str) -> list[list[str]]:
    """Return what an answer lists as a whole, and in each of its lines."""
    lists = [items_of(answer), *(items_of(line) for line in answer.splitlines())]
    return [items for items in lists if items and all(len(i) <= _MOST_ITEM_CHARS for i in items)]


def with_counted(
    rest: str, items: Sequence[str], spoken: Sequence[str], analyzer: KoreanAnalyzer
) -> str | None:
    """Put what was listed or counted in the place of 그 여섯 개.

    Args:
        rest: the question.
        items: what the last answer listed.
        spoken: texts in which something may be counted, the likelier first.
        analyzer: finds what is counted there.
    """
    match = _COUNTED.match(rest)
    if match is None:
        return None
    numerals = _numerals(_VALUES.get(match["count"]) or int(match["count"]))
    short = [item for item in items if 0 < len(item) <= _MOST_ITEM_CHARS]
    if len(short) == len(items) and str(len(items)) in numerals:
        return refit(", ".join(items), rest[match.end() :])
    counted = re.compile(rf"^(?:{'|'.join(numerals)})\s?(?:대|{_COUNTER})?\s?[가-힣A-Za-z]{{2}}")
    lines = [_unmarked(line) for text in spoken for line in text.splitlines()]
    found = [p for line in lines for p in subjects(line, analyzer) if counted.match(p)]
    # 그 네 분야 is no 4대 전략산업 where there are 4대 분야.
    noun = match[0].split()[-1]
    phrase = next((p for p in found if p.endswith(noun)), next(iter(found), None))
    return refit(phrase, rest[match.end() :]) if phrase else None


def _numerals(number: int) -> tuple[str, ...]:
    return (str(number), *_NATIVE.get(number, ()))

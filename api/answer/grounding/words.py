"""The words of a sentence that say something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from api.answer.grounding.roles import Place, places_of
from api.answer.grounding.tags import NOUN_TAGS, VERB_TAGS
from retriever.query_edit import QueryToken

_WORD_ADVERBS = frozenset(
    [
        "가장",
        "제일",
        "처음",
        "모두",
        "전부",
        "항상",
        "언제나",
        "늘",
        "반드시",
        "절대",
        "절대로",
        "오직",
        "오로지",
        "꼭",
        "결코",
        "먼저",
        "따라서",
        "무조건",
        "모조리",
    ]
)
_PREFIXES = ("대", "소", "신", "구", "비", "준", "무", "타", "저", "고")
_WORD_DETERMINERS = frozenset(["첫", "모든", "전", "각"])


# The analyser cuts it into "we" and "country", and any country would bear it out.
_OUR_COUNTRY = "우리나라"
_NO_PLACE = Place("", -1, head=True)


@dataclass(frozen=True, slots=True)
class Word:
    """One word that says something.

    Attributes:
        key: its form; of a verb, its stem as ``늘/v``.
        start, end: offsets in the text.
        run: what is written together with it, such as the whole of a compound.
        name: it is a proper noun, a foreign word, or in no dictionary.
        role: ``subject``, ``topic``, ``object``, ``than``, ``by``, ``to``, or empty.
        negated: the sentence says that it is not so.
        clause: number of the clause that it stands in.
        phrase: number of its noun phrase; -1 for what is no noun.
        head: it is what its compound is called by, 기술 in 산업혁명기술.
        bracketed: it stands in round brackets.
    """

    key: str
    start: int
    end: int
    run: str
    name: bool = False
    role: str = ""
    negated: bool = False
    clause: int = 0
    phrase: int = -1
    head: bool = True
    bracketed: bool = False

    @property
    def is_prefixed(self) -> bool:
        """Whether a prefix that the analyser cuts off makes another word of it: 대기업, 신산업."""
        return self.run.startswith(_PREFIXES) and self.run[1:] == self.key


def words_of(
    text: str,
    tokens: Sequence[QueryToken],
    clauses: tuple[tuple[int, int], ...],
    negated: frozenset[int],
) -> list[Word]:
    """Return the words of a text in order.

    Args:
        text: as it was analysed.
        tokens: its morphemes.
        clauses: start and end of each.
        negated: places of the tokens that are said not to be so.
    """
    runs, places = _runs(tokens), places_of(tokens)
    found: list[Word] = []
    clause = 0
    for i, token in enumerate(tokens):
        while clause < len(clauses) - 1 and token.start >= clauses[clause][1]:
            clause += 1
        key = _key(token)
        if key == "나라" and i and tokens[i - 1].form == "우리":
            key = _OUR_COUNTRY
        if not key:
            continue
        start, end = runs.get(i, (token.start, token.end))
        place, run = places.get(i, _NO_PLACE), text[start:end]
        not_so, is_name = i in negated, _is_name(token)
        word = Word(key, token.start, token.end, run, is_name, place.role, not_so, clause)
        inside = text.count("(", 0, token.start) > text.count(")", 0, token.start)
        found.append(replace(word, phrase=place.phrase, head=place.head, bracketed=inside))
    return found


def _is_name(token: QueryToken) -> bool:
    unknown = not token.known and token.tag in NOUN_TAGS and token.tag != "NR"
    return token.tag in ("NNP", "SL", "SH") or unknown


def _key(token: QueryToken) -> str:
    form = token.form.lower()
    if token.tag in NOUN_TAGS and token.tag != "NR":
        return form
    if token.tag in VERB_TAGS or token.tag == "VCN":
        return f"{form}/v"
    if token.tag == "MAG" and form in _WORD_ADVERBS:
        return form
    if token.tag == "MM" and form in _WORD_DETERMINERS:
        return form
    if token.tag == "NNB" and form in ("때문", "덕분", "탓"):
        return form
    return ""


def _runs(tokens: Sequence[QueryToken]) -> dict[int, tuple[int, int]]:
    """Return start and end of what each noun is written together with."""
    runs: dict[int, tuple[int, int]] = {}
    group: list[int] = []
    for i, token in enumerate(tokens):
        nounish = (
            token.tag in NOUN_TAGS
            or token.tag in ("XSN", "XPN", "SN")
            or (token.form in "&-+./" and len(token.form) == 1 and token.tag != "SF")
        )
        if nounish and group and tokens[group[-1]].end == token.start:
            group.append(i)
            continue
        _close(group, tokens, runs)
        group = [i] if nounish and token.tag != "SF" else []
    _close(group, tokens, runs)
    return runs


def _close(
    group: list[int], tokens: Sequence[QueryToken], runs: dict[int, tuple[int, int]]
) -> None:
    for i in group:
        runs[i] = tokens[group[0]].start, tokens[group[-1]].end

"""A piece of text read for checking: its words with what they do, its figures, its clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from api.answer.grounding.quantities import (
    NATIVE_NUMERALS,
    Figure,
    figure_text,
    find_figures,
)
from retriever.query_edit import QueryToken

_NOUN_TAGS = frozenset({"NNG", "NNP", "XR", "SL", "SH", "NR"})
_VERB_TAGS = frozenset({"VV", "VA", "VV-I", "VV-R", "VA-I", "VA-R"})
_MAKES_VERB = frozenset({"XSV", "XSA", "XSV-I", "XSA-I"})
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
_WORD_DETERMINERS = frozenset(["첫", "모든", "전", "각"])
_NEGATING = frozenset({"않", "못하", "말"})
_NEGATING_PREFIXES = frozenset({"불", "비", "미", "무"})
_NEGATING_ADVERBS = frozenset({"안", "못"})
# 할 수 없다: so many tokens at most between 수 and 없.
_CANNOT_GAP = 2
_SUBJECT_PARTICLES = frozenset({"이", "가", "은", "는", "께서", "도", "란", "ᆫ", "이란"})
_THAN, _OF, _BY, _OBJECT, _SUBJECT, _TO = "than", "of", "by", "object", "subject", "to"
_CLAUSE_ENDINGS = frozenset(
    {
        "고",
        "며",
        "으며",
        "지만",
        "으나",
        "나",
        "는데",
        "ᆫ데",
        "은데",
        "면서",
        "으면서",
        "아",
        "어",
        "여",
    }
)
_NEEDS_COMMA = frozenset({"고", "나", "아", "어", "여", "는데", "ᆫ데", "은데", "면서", "으면서"})
# 이고 and 했고 end a clause without a comma too.
_ENDS_WHOLE = frozenset({"VCP", "EP"})
_DEMONSTRATIVE = re.compile(
    r"(?<![가-힣])(?:(?:이|그|동|해당|이러한|그러한|이런|이는|그는|이를|그를|이에|여기|당시)(?=\s)"
    r"|(?:그녀|이들|그들|이것|그것|이곳|그곳)(?=[는을를의가이에은]))"
)
# What goes on so is a clause, whatever the one before ends with.
_SAYS_BACK = re.compile(r",(?=\s?(?:이는|이것은|그것은)\s)")
_FOOTNOTE_MARK = re.compile(r"\[\d{1,3}\]")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Word:
    """One word that says something.

    Attributes:
        key: its form; of a verb, its stem as ``늘/v``.
        start, end: offsets in the text.
        run: what is written together with it, such as the whole of a compound.
        name: it is a proper noun, a foreign word, or in no dictionary.
        role: ``subject``, ``object``, ``than``, ``of``, ``by``, ``to``, or empty.
        negated: the sentence says that it is not so.
        clause: number of the clause that it stands in.
    """

    key: str
    start: int
    end: int
    run: str
    name: bool = False
    role: str = ""
    negated: bool = False
    clause: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """A piece of text with what was found in it.

    Attributes:
        text: folded.
        squeezed: the same without spaces.
        words: in order.
        figures: in order.
        clauses: start and end of each clause.
        keys: of the words.
        numerals: start and end of numbers in words that no figure was read from.
        past: it says that something has happened.
        has_subject: a particle marks a subject or a topic.
        refers_back: it speaks of what an earlier sentence named.
    """

    text: str
    squeezed: str
    words: tuple[Word, ...]
    figures: tuple[Figure, ...]
    clauses: tuple[tuple[int, int], ...]
    keys: frozenset[str]
    numerals: tuple[tuple[int, int], ...]
    past: bool
    refers_back: bool
    has_subject: bool

    def clause_of(self, offset: int) -> int:
        """Return the number of the clause that an offset falls in."""
        for number, (_, end) in enumerate(self.clauses):
            if offset < end:
                return number
        return len(self.clauses) - 1


def without_footnotes(text: str) -> str:
    """Return a text without numbers in brackets, which are footnotes of documents."""
    return _SPACE.sub(" ", _FOOTNOTE_MARK.sub("", text)).strip()


def to_read(text: str) -> str:
    """Return a text as ``read`` and the analyser want it."""
    return figure_text(without_footnotes(text))


def read(text: str, tokens: Sequence[QueryToken]) -> Reading:
    """Read a text.

    Args:
        text: as ``to_read`` returns it.
        tokens: its morphemes.
    """
    clauses = _clauses(text, tokens)
    words = tuple(_words(text, tokens, clauses, _negated(tokens)))
    figures = tuple(find_figures(text, tokens))
    return Reading(
        text=text,
        squeezed=_SPACE.sub("", text),
        words=words,
        figures=figures,
        clauses=clauses,
        keys=frozenset(word.key for word in words),
        numerals=tuple(_unread(tokens, figures)),
        past=any(t.tag == "EP" and t.form in ("었", "았", "였") for t in tokens),
        refers_back=bool(_DEMONSTRATIVE.search(text)),
        has_subject=any(_role(token) == _SUBJECT for token in tokens),
    )


def _unread(tokens: Sequence[QueryToken], figures: Sequence[Figure]) -> Iterator[tuple[int, int]]:
    for i, token in enumerate(tokens):
        counts = token.tag == "NR" or (token.tag == "MM" and token.form in NATIVE_NUMERALS)
        if counts and not any(f.start <= token.start < f.end for f in figures):
            last = i if token.tag == "NR" else min(i + 1, len(tokens) - 1)
            yield token.start, tokens[last].end


def _clauses(text: str, tokens: Sequence[QueryToken]) -> tuple[tuple[int, int], ...]:
    cuts = []
    for before, token, following in zip(tokens, tokens[1:], tokens[2:], strict=False):
        ends = token.tag == "EC" and token.form in _CLAUSE_ENDINGS
        whole = token.form == "고" and before.tag in _ENDS_WHOLE
        if ends and (following.form == "," or whole or token.form not in _NEEDS_COMMA):
            cuts.append(following.end if following.form == "," else token.end)
        elif token.tag == "ETN" and following.form == ",":
            cuts.append(following.end)
        elif token.tag == "SF" and following.tag != "SF":
            cuts.append(token.end)
    cuts += [match.end() for match in _SAYS_BACK.finditer(text)]
    places = [0, *sorted(set(cuts)), len(text)]
    return tuple((start, end) for start, end in pairwise(places) if start < end) or ((0, 0),)


def _negated(tokens: Sequence[QueryToken]) -> frozenset[int]:
    """Return the places of tokens that are said not to be so."""
    found = set()
    for i, token in enumerate(tokens):
        if token.tag.startswith("VX") and token.form in _NEGATING:
            found.update(_stem_before(tokens, i))
        elif token.tag == "VCN":
            found.update((i, *_noun_before(tokens, i)))
        elif token.tag == "XPN" and token.form in _NEGATING_PREFIXES:
            found.add(i + 1)
        elif token.tag == "MAG" and token.form in _NEGATING_ADVERBS:
            split = i > 0 and tokens[i - 1].form == "지"  # 하지 못 + 하다
            found.update(_stem_before(tokens, i) if split else _stem_behind(tokens, i))
        elif token.form == "없" and _is_cannot(tokens, i):
            found.update(_stem_before(tokens, i))
    return frozenset(found)


def _is_cannot(tokens: Sequence[QueryToken], at: int) -> bool:
    return any(t.form == "수" and t.tag == "NNB" for t in tokens[max(0, at - _CANNOT_GAP) : at])


def _makes_verb(tokens: Sequence[QueryToken], at: int) -> bool:
    """Tell whether a token makes a verb of the noun before it; the analyser is of two minds."""
    if at == 0 or tokens[at].tag in _MAKES_VERB:
        return at > 0
    before = tokens[at - 1]
    touches = before.tag in _NOUN_TAGS and before.end == tokens[at].start
    return touches and tokens[at].tag in _VERB_TAGS and tokens[at].form in ("하", "되")


def _stem_before(tokens: Sequence[QueryToken], at: int) -> list[int]:
    for i in range(at - 1, max(-1, at - 6), -1):
        if _makes_verb(tokens, i):
            return [i - 2] if i > 1 and tokens[i - 1].tag == "XSN" else [i - 1]  # 가속 + 화 + 되다
        if tokens[i].tag in _VERB_TAGS:
            return [i]
    return []


def _noun_before(tokens: Sequence[QueryToken], at: int) -> list[int]:
    for i in range(at - 1, max(-1, at - 4), -1):
        if tokens[i].tag in _NOUN_TAGS or tokens[i].tag == "NNB":
            return [i]
    return []


def _stem_behind(tokens: Sequence[QueryToken], at: int) -> list[int]:
    for i in range(at + 1, min(len(tokens), at + 4)):
        if _makes_verb(tokens, i):
            return [i - 1]
        if tokens[i].tag in _VERB_TAGS:
            return [i]
    return []


def _words(
    text: str,
    tokens: Sequence[QueryToken],
    clauses: tuple[tuple[int, int], ...],
    negated: frozenset[int],
) -> list[Word]:
    runs, roles = _runs(tokens), _roles(tokens)
    found: list[Word] = []
    clause = 0
    for i, token in enumerate(tokens):
        while clause < len(clauses) - 1 and token.start >= clauses[clause][1]:
            clause += 1
        key = _key(token)
        if not key:
            continue
        start, end = runs.get(i, (token.start, token.end))
        name = token.tag in ("NNP", "SL", "SH") or (not token.known and token.tag in _NOUN_TAGS)
        found.append(
            Word(
                key,
                token.start,
                token.end,
                text[start:end],
                name and token.tag != "NR",
                roles.get(i, ""),
                i in negated,
                clause,
            )
        )
    return found


def _key(token: QueryToken) -> str:
    form = token.form.lower()
    if token.tag in _NOUN_TAGS and token.tag != "NR":
        return form
    if token.tag in _VERB_TAGS or token.tag == "VCN":
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
            token.tag in _NOUN_TAGS
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


def _roles(tokens: Sequence[QueryToken]) -> dict[int, str]:
    """Return what the nouns of each phrase do, told by the particle behind the phrase."""
    roles: dict[int, str] = {}
    phrase: list[int] = []
    for i, token in enumerate(tokens):
        if token.tag in _NOUN_TAGS:
            phrase.append(i)
        elif token.tag in (
            "JKG",
            "JC",
            "XSN",
            "XPN",
            "SP",
            "SW",
            "SN",
            "NNB",
            "SSO",
            "SSC",
            "SO",
            "MM",
            "NR",
            "W_SERIAL",
        ):
            continue
        else:
            role = _role(token)
            for place in phrase:
                roles[place] = role
            phrase = []
    return roles


def _role(token: QueryToken) -> str:
    if token.tag == "JKS" or (token.tag == "JX" and token.form in _SUBJECT_PARTICLES):
        return _SUBJECT
    if token.tag == "JKO":
        return _OBJECT
    if token.tag == "JKB":
        return {"보다": _THAN, "에": _TO, "에게": _TO, "에서": _BY}.get(token.form, "")
    return ""

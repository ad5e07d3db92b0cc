"""The end of a report's sentence in the polite style that the rest of an answer is told in.

Reports end their sentences in 함, 임 or 다; beside 4,300억 원입니다 that reads as two writers. Only
an ending that leaves no doubt is changed, and never a word before it. 발표함, of an act that is
over once it is done, tells no tense and stays; so do nouns (발표, 기대, 것) and what is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from retriever.folding import fold
from retriever.query_edit import QueryToken

Read = Callable[[str], Sequence[QueryToken]]

_POLITE = "니다"
# Characters at the end that are changed: 어려움 keeps 어, 과제이다 keeps 과제.
_MOST_CHANGED = 2
# What may stand behind the predicate: a stop, what is said in brackets, the number of a footnote.
_BEHIND = re.compile(r"(?:[.\s¹²³⁰⁴-⁹⁾]|\([^()]*\)|\[\d+\]|(?<=[가-힣.])\d{1,2}\))+$")
# It is looked for so far back; the longest reference in brackets is shorter.
_BEHIND_CHARS = 200
_BRACKETED = re.compile(r"\([^()]*\)|\[\d+\]")
_PAIRS = ("()", "[]", "「」", "『』", "“”", "‘’", "《》", "〈〉")
_STRAIGHT_QUOTE = re.compile(r"\"|(?<![A-Za-z])'|'(?![A-Za-z])")

_FIRST_SYLLABLE, _LAST_SYLLABLE = ord("가"), ord("힣")
_FINALS = 28  # final consonants in Unicode's order of syllables, "none" included
_FINAL_L, _FINAL_LM, _FINAL_M, _FINAL_B, _FINAL_SS = 8, 10, 16, 17, 20

# Endings, stems and tags as Kiwi names them.
_NOMINAL, _PRESENT = frozenset({"ᆷ", "음"}), frozenset({"ᆫ다", "는다"})
_PLAIN = "다"
_PAST = frozenset({"었", "았", "였"})
_TENSES = _PAST | {"겠"}
_STATES = frozenset({"VA", "XSA", "VCP", "VCN"})
_VERBS = frozenset({"VV", "XSV", "VX"})
# What a noun made of a verb has before it: 큰 도움, 이용자의 만남.
_BEFORE_NOUNS = frozenset({"ETM", "JKG", "MM"})
_NOUNS = frozenset({"NNG", "NNP", "SL"})
# A figure so near before a verb tells by how much: 2배 이상 늘어남.
_NEAR = 3
# Of 위함 and 대함 only the noun is said.
_NOUNS_ONLY = frozenset({"위하", "대하", "관하", "의하", "인하", "비하"})
# States, though they may be tagged as verbs.
_EXIST = frozenset({"있", "없"})
_WISH = frozenset({"싶", "듯하", "만하"})
# These are states behind a state: 높지 않다.
_NOT = frozenset({"않", "못하"})
_DO, _MUST = "하", "야"
# 해 옴 is over by now, though the end of 해 왔음 is wanting.
_HAS_BEEN = "오"

# A sentence that tells of a time may tell of the past.
_TIME = re.compile(
    r"(?<!\d)(?:19|20)\d{2}(?!\d)|['’]\d{2}(?!\d)|\d\s?(?:세기|[년월일](?!간))|기원전|지난|작년|올해"
    r"|당시|과거|이후|이전|직후|이미|앞서|그동안|처음"
)
# The past is reported or supposed, not told, in 늘었다고 and 늘었다면.
_REPORTED = ("다", "라")
_TO_COME = "ᆯ"
# What is so in somebody's eyes is so now: 높은 것으로 추정됨. What came out was found out once:
# 높은 것으로 나타남.
_OPINION = re.compile(r"(?:추정|판단|평가|간주|인정)$|보이$")
# Acts that are over once they are done.
_DONE_ONCE = re.compile(
    r"(?:발표|공표|공고|공개|선포|선언|출범|출시|론칭|설립|창립|창설|신설|설치|개소|개원|개최|발족|탄생"
    r"|등장|체결|합의|협의|선정|지정|선발|임명|위촉|채택|제정|개정|폐지|통과|의결|결정|확정|수립|제안"
    r"|건의|시작|개시|착수|착공|준공|완공|완성|완료|종료|마련|마무리|도입|인수|합병|상장|수상|수여|승인"
    r"|허가|인증|획득|취득|달성|돌파|기록|응답|답변|발간|출간|게재|작성|조사|집계|확인|공모|모집|접수"
    r"|유치|투입|매각|매입|증설|철회|중단|사망|출생|고도화|본격화|가속화)$"
)
_DONE_ONCE_VERBS = frozenset(
    [
        *("내놓", "들이", "세우", "밝히", "밝혀지", "드러나", "맺", "펴내", "답하", "뽑", "뽑히"),
        *("일으키", "일어나", "벌이", "열리", "담기", "옮기", "잡", "자리잡", "나서", "태어나"),
        *("숨지", "죽", "떠나", "사들이", "치르", "마치", "끝나", "끝내", "생겨나", "바뀌", "지나"),
        # What has become so is told in the past: 낡았다, 닮았다.
        *("낡", "닮", "늙", "뒤처지", "뒤떨어지", "마르", "썩", "녹슬", "비", "차"),
    ]
)


def told_politely(text: str, read: Read) -> str:
    """Return a sentence with its end in 합니다체 where that is certain, else as it is.

    What stands in brackets behind it stays there, and a full stop ends what was changed.

    Args:
        text: one sentence without markers of ours, as it is to be shown.
        read: returns the morphemes of a text; asked only where the end may change.
    """
    body = _body(text)
    if not body or _in_quotes(body):
        return text
    if _is_polite(body):
        return _stopped(body, text[len(body) :])
    if not _ends_plainly(body):
        return text
    folded = fold(text)  # as the grounding check reads it, so that it is analysed once
    return polite_ending(text, read(folded if len(folded) == len(text) else text))


def polite_ending(text: str, tokens: Sequence[QueryToken]) -> str:
    """Return what ``told_politely`` does of a sentence that ``tokens`` are the morphemes of."""
    body = _body(text)
    words = [token for token in tokens if token.start < len(body)]
    if len(words) < 2 or words[-1].end != len(body) or _in_quotes(body):  # noqa: PLR2004
        return text
    said = _conjugated(body, words)
    return _stopped(said, text[len(body) :]) if said else text


def better_polite(texts: Sequence[str], read: Read) -> bool:
    """Tell whether the sentences of one answer are to be told politely as far as they can be.

    They are where one is polite already or all can be: of 510 answers to `tune` questions 194 are
    polite throughout and 49 in two styles; 188 were in two with each sentence told politely that
    can be, and 63 (36 polite) with none.

    Args:
        texts: the sentences, words of ours before them on their own; no items of lists.
        read: returns the morphemes of a text.
    """
    bodies = [_body(text) for text in texts]
    if any(map(_is_polite, bodies)):
        return True
    plain = all(body and _ends_plainly(body) for body in bodies)
    return plain and all(told_politely(text, read) != text for text in texts)


def before_ending(text: str) -> str:
    """Return the part of a sentence that stays whatever becomes of its end."""
    body = _body(text)
    return body[:-_MOST_CHANGED] if body and _ends_plainly(body) else text


def _ends_plainly(body: str) -> bool:
    """Tell whether ``body`` may end in 함 or 한다."""
    return body[-1] == _PLAIN or _final(body[-1]) in (_FINAL_M, _FINAL_LM)


def _body(text: str) -> str:
    """Return a sentence without what stands behind its predicate."""
    behind = _BEHIND.search(text, max(0, len(text) - _BEHIND_CHARS))
    return text[: behind.start()] if behind else text


def _conjugated(body: str, words: Sequence[QueryToken]) -> str:
    """Return ``body`` with its last predicate in 합니다체, or nothing where that is not certain."""
    stem, ending = words[-2], words[-1]
    if stem.tag == "EP":
        told = stem.form[-1] in _TENSES and ending.form in (_PLAIN, "음")
        return f"{body[:-1]}습{_POLITE}" if told and _final(body[-2]) == _FINAL_SS else ""
    if not _is_told(words) or not _stands_as_read(body, words):
        return ""
    if ending.form in _NOMINAL and (_is_noun(words) or _may_be_past(body, words[:-1])):
        return ""
    return body[: stem.start] + _with_polite_ending(stem.form)


def _is_told(words: Sequence[QueryToken]) -> bool:
    """Tell whether stem and ending are a predicate, and not a dictionary's name of a verb: 열다."""
    stem, ending = words[-2], words[-1].form
    tag = _tag(stem)
    if ending in _NOMINAL:
        return tag in _STATES | _VERBS and stem.form not in _NOUNS_ONLY
    if ending in _PRESENT:
        return tag in _VERBS
    if ending != _PLAIN:
        return False
    if tag == "VX" and stem.form == _DO:
        return [w.tag for w in words[-3:-2]] == ["JX"]  # 곳이기도 하다
    return tag in _STATES or stem.form in _EXIST or (tag == "VX" and stem.form in _NOT | _WISH)


def _stands_as_read(body: str, words: Sequence[QueryToken]) -> bool:
    """Tell whether the stem's syllables stand in ``body``, the last perhaps with another final."""
    stem = words[-2]
    if stem.start == stem.end:  # 과제다 for 과제이다; in 산토도밍고이다 이 is no part of the name
        whole = any(w.known and len(w.form) > 1 for w in words[-3:-2])
        return stem.tag == "VCP" and (whole or body[stem.start - 1] != stem.form)
    written = body[stem.start : stem.start + len(stem.form)]
    return written[:-1] == stem.form[:-1] and 0 <= _open(written[-1:]) == _open(stem.form[-1])


def _is_noun(words: Sequence[QueryToken]) -> bool:
    """Tell whether a verb's form is said as a noun (이용자의 만남, 공지 알림) or within a name."""
    *earlier, stem, _ending = words
    if not earlier or _tag(stem) not in ("VV", "VA"):
        return False
    before = earlier[-1]
    glued = before.end == stem.start and before.tag.startswith(("N", "S", "XS", "XR"))
    if glued or before.tag in _BEFORE_NOUNS:
        return True
    bare = before.tag in _NOUNS and not any(w.tag == "SN" for w in earlier[-_NEAR:])
    return bare and stem.tag.startswith("VV") and stem.form not in _EXIST


def _may_be_past(body: str, words: Sequence[QueryToken]) -> bool:
    """Tell whether a predicate that tells no tense may tell of what is over."""
    stem = act = words[-1]
    if stem.tag == "VX":
        must = stem.form == _DO and any(w.form.endswith(_MUST) for w in words[-2:-1])
        if must or stem.form in _EXIST | _WISH:
            return False
        words = words[: _last_verb(words[:-1]) + 1]
        if stem.form == _HAS_BEEN or not words:
            return True
        act = words[-1]
    if act.form in _EXIST or (_tag(act) in _STATES and (act is stem or stem.form in _NOT)):
        return False
    now = _is_so_now(body, words)
    if now is not None:
        return not now
    return bool(_TIME.search(body)) or _has_past_clause(words) or _is_done_once(body, act)


def _last_verb(words: Sequence[QueryToken]) -> int:
    """Return the place of the last verb or adjective that is no auxiliary, or -1."""
    own = (_STATES | _VERBS) - {"VX"}
    return next((at for at in range(len(words) - 1, -1, -1) if _tag(words[at]) in own), -1)


def _is_so_now(body: str, words: Sequence[QueryToken]) -> bool | None:
    """Tell of 것으로 전망됨 and 하기로 함 whether it is so now; None of anything else."""
    act = words[-1]
    before = [w for w in words[: -2 if act.tag == "XSV" else -1] if w.tag != "JX"]
    forms = [w.form for w in before[-2:]]
    if forms == ["기", "로"]:
        return False
    if forms != ["것", "으로"]:
        return None
    to_come = [w.form for w in before[-3:-2]] == [_TO_COME]
    return to_come or bool(_OPINION.search(body[: act.start] if act.tag == "XSV" else act.form))


def _has_past_clause(words: Sequence[QueryToken]) -> bool:
    """Tell whether a clause before the end is told in the past."""
    return any(
        tense.tag == "EP"
        and tense.form in _PAST
        and ending.tag == "EC"
        and not ending.form.startswith(_REPORTED)
        for tense, ending in pairwise(words)
    )


def _is_done_once(body: str, act: QueryToken) -> bool:
    if act.tag == "XSV":
        return bool(_DONE_ONCE.search(body[: act.start].rstrip()))
    return act.form in _DONE_ONCE_VERBS


def _with_polite_ending(stem: str) -> str:
    """Return 높습니다 of 높, 합니다 of 하, 만듭니다 of 만들."""
    final = _final(stem[-1])
    if final not in (0, _FINAL_L):
        return f"{stem}습{_POLITE}"
    return f"{stem[:-1]}{chr(ord(stem[-1]) - final + _FINAL_B)}{_POLITE}"


def _stopped(said: str, behind: str) -> str:
    """Return a sentence with what stands behind it and a full stop, which it may have already."""
    behind = behind.rstrip()
    return f"{said}{behind}" if "." in _BRACKETED.sub("", behind) else f"{said}{behind}."


def _is_polite(body: str) -> bool:
    """Tell whether ``body`` ends in 합니다 or 있습니다; 아니다 and 지니다 are not polite."""
    return body.endswith(_POLITE) and _final(body[-3:-2]) == _FINAL_B


def _in_quotes(body: str) -> bool:
    """Tell whether the end of ``body`` stands in quotes or brackets."""
    unclosed = any(body.count(pair[0]) > body.count(pair[1]) for pair in _PAIRS)
    return unclosed or len(_STRAIGHT_QUOTE.findall(body)) % 2 == 1


def _tag(token: QueryToken) -> str:
    """Return a tag without its mark of regular and irregular stems."""
    return token.tag.partition("-")[0]


def _final(char: str) -> int:
    """Return the number of a syllable's final consonant, 0 for none and for what is none."""
    return (ord(char) - _FIRST_SYLLABLE) % _FINALS if _is_syllable(char) else 0


def _open(char: str) -> int:
    """Return the number of a syllable without its final consonant, -1 for what is none."""
    return (ord(char) - _FIRST_SYLLABLE) // _FINALS if _is_syllable(char) else -1


def _is_syllable(char: str) -> bool:
    return len(char) == 1 and _FIRST_SYLLABLE <= ord(char) <= _LAST_SYLLABLE

"""Korean names in Latin letters: 판교 for Pangyo, 종로 for Jongno, 김은영 for Eun-young Kim.

A spelling is read back into Hangul, in every way that the rules allow; which of the readings is
meant, the caller knows. Rules are those of the Revised Romanisation, which writes the sounds that
meeting consonants change to (종로 is Jongno, 신라 Silla). Names in use are often written otherwise:
by the McCune-Reischauer system without its marks (Taejon, Pusan), or by English sounds (Young,
Soo, Park).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import product
from math import prod

from retriever.keyboard import FINALS, INITIALS, VOWELS

_MAX_CHARS = 24
_MAX_VOWELS = 6
# More readings than any name has; what has more is no Korean.
_MAX_READINGS = 512
_MAX_NAME_SYLLABLES = 2

_FIRST_SYLLABLE = ord("가")

_PIECES = re.compile(r"[aeiouyw]+|[^aeiouyw]+")


def _table(rows: str) -> dict[str, str]:
    return {latin: hangul for latin, _, hangul in (row.partition(":") for row in rows.split())}


def _spelt(rows: str) -> dict[str, str]:
    spelt: dict[str, str] = {}
    for hangul, _, spellings in (row.partition(":") for row in rows.split()):
        for latin in spellings.split(","):
            spelt[latin] = spelt.get(latin, "") + hangul
    return spelt


_INITIALS = _table(
    "g:ㄱ kk:ㄲ n:ㄴ d:ㄷ tt:ㄸ r:ㄹ m:ㅁ b:ㅂ pp:ㅃ s:ㅅ ss:ㅆ j:ㅈ jj:ㅉ ch:ㅊ k:ㅋ t:ㅌ p:ㅍ"
    " h:ㅎ"
) | {"": "ㅇ"}
_VOWELS = _table(
    "a:ㅏ ae:ㅐ ya:ㅑ yae:ㅒ eo:ㅓ e:ㅔ yeo:ㅕ ye:ㅖ o:ㅗ wa:ㅘ wae:ㅙ oe:ㅚ yo:ㅛ u:ㅜ wo:ㅝ we:ㅞ"
    " wi:ㅟ yu:ㅠ eu:ㅡ ui:ㅢ i:ㅣ"
)
# A final before a vowel is written by its sound there (설악 is Seorak).
_FINALS = _table("k:ㄱㅋ n:ㄴ t:ㄷㅅㅌㅈㅊ l:ㄹ m:ㅁ p:ㅂㅍ ng:ㅇ")
_LINKED = _table("g:ㄱ n:ㄴ d:ㄷ r:ㄹ m:ㅁ b:ㅂ s:ㅅ j:ㅈ ch:ㅊ k:ㅋ t:ㅌ p:ㅍ")
# Consonants that change where they meet: what is written, and the letters that it may stand for.
_CHANGED = _table(
    "ngn:ㅇㄹ,ㄱㄴ,ㄱㄹ ngm:ㄱㅁ mn:ㅁㄹ,ㅂㄴ,ㅂㄹ mm:ㅂㅁ nn:ㄴㄹ,ㄷㄴ,ㅅㄴ nm:ㄷㅁ,ㅅㅁ"
    " ll:ㄹㄹ,ㄴㄹ,ㄹㄴ"
)
# Spellings of other systems and of habit.
_USUAL_INITIALS = _table("k:ㄱㅋ t:ㄷㅌ p:ㅂㅍ ch:ㅈㅊ l:ㄹ sh:ㅅ gh:ㄱ kh:ㅋ")
_USUAL_VOWELS = _table(
    "o:ㅗㅓ u:ㅜㅓㅡ oo:ㅜ ee:ㅣㅢ yo:ㅛㅕ you:ㅕㅠ yu:ㅠㅕ yoo:ㅠ woo:ㅜ ai:ㅐ ay:ㅐ oi:ㅚ ie:ㅣ"
    " eui:ㅢ uh:ㅓ"
)
_USUAL_FINALS = _table("g:ㄱ d:ㄷ b:ㅂ r:ㄹ ck:ㄱ")

# What Korean places end in: a city, a ward, a road, a river.
PLACE_ENDINGS: Mapping[str, str] = _table(
    "si:시 gu:구 do:도 gun:군 eup:읍 myeon:면 dong:동 ri:리 ro:로 daero:대로 gil:길 san:산 gang:강"
)

# Each with its usual spellings; some spellings are of two names.
_SURNAMES = _spelt(
    "김:kim,gim 이:lee,yi,rhee,ri,rhie 박:park,pak,bak 최:choi,choe 정:chung,jung,jeong,cheong"
    " 강:kang,gang 조:cho,jo 윤:yoon,yun,youn 장:jang,chang 임:lim,im,rim,yim 한:han 오:oh,o"
    " 서:seo,suh 신:shin,sin 권:kwon,gwon 황:hwang 안:ahn,an 송:song 류:ryu,ryoo 유:ryu,yoo,yu"
    " 홍:hong 전:jeon,jun,chun 천:chun,cheon 고:ko,go,koh 문:moon,mun 손:son,sohn 양:yang"
    " 배:bae,pae 백:baek,paik,baik 허:heo,hur,huh 남:nam 심:sim,shim 노:noh,no,roh 하:ha,hah"
    " 곽:kwak,gwak 성:sung,seong 차:cha 주:joo,ju,chu 추:chu,choo 우:woo,wu 구:koo,gu,ku 민:min"
    " 나:na,ra 진:jin,chin 지:ji,chi 엄:um,eom,uhm 채:chae 원:won 방:bang,pang 공:kong,gong"
    " 현:hyun,hyeon 함:ham 변:byun,byeon 염:yeom,yum 여:yeo 도:do 소:so,soh 석:seok,suk"
    " 선:sun,seon 설:seol,sul 마:ma 길:gil,kil 연:yeon,yon 위:wi 표:pyo 명:myung,myeong"
    " 기:ki,gi 반:ban,pan 왕:wang 금:geum,keum 옥:ok 육:yook,yuk 인:in 맹:maeng 제:je"
    " 탁:tak,tark 국:kook,guk 은:eun 편:pyun 용:yong"
)


def readings(latin: str, *, usual: bool = False) -> list[str]:
    """Return the Hangul words that a romanised one may stand for, none where it can be none.

    Args:
        latin: one word, whatever its capitals; hyphens do not count.
        usual: read spellings of other systems and of habit too.
    """
    word = re.sub(r"[^a-z]", "", latin.lower())
    if not word or len(word) > _MAX_CHARS:
        return []
    return list(_readings(word, usual))


def name_readings(words: Sequence[str]) -> list[str]:
    """Return the names that two or three words may write, the surname first or last."""
    folded = [re.sub(r"[^a-z]", "", word.lower()) for word in words]
    orders = [(folded[0], "".join(folded[1:])), (folded[-1], "".join(folded[:-1]))]
    found = [
        surname + given
        for written, rest in orders
        if rest
        for surname in _SURNAMES.get(written, "")
        for given in _readings(rest, usual=True)
        if len(given) <= _MAX_NAME_SYLLABLES
    ]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=1_024)
def _readings(word: str, usual: bool) -> tuple[str, ...]:
    """Take a word apart into vowels and what stands between them, and read each in every way."""
    pieces = _PIECES.findall(word)
    first = "" if _is_vowel(pieces[0]) else pieces.pop(0)
    if not pieces:
        return ()
    last = "" if _is_vowel(pieces[-1]) else pieces.pop()
    options: list[Sequence[str]] = [_initials(usual).get(first, "")]
    options += [_vowels(p, usual) if _is_vowel(p) else _between(p, usual) for p in pieces]
    options.append(_finals(usual).get(last, "") if last else ("",))
    if not 0 < prod(map(len, options)) <= _MAX_READINGS:
        return ()
    made = ("".join(letters) for letters in product(*options))
    return tuple(dict.fromkeys(map(_syllables, made)))


def _is_vowel(piece: str) -> bool:
    return piece[0] in "aeiouyw"


def _initials(usual: bool) -> Mapping[str, str]:
    return {**_INITIALS, **_USUAL_INITIALS} if usual else _INITIALS


def _finals(usual: bool) -> Mapping[str, str]:
    return {**_FINALS, **_USUAL_FINALS} if usual else _FINALS


@lru_cache(maxsize=4_096)
def _vowels(run: str, usual: bool) -> tuple[str, ...]:
    """Return the ways of reading letters as vowels of syllables that follow one another."""
    if len(run) > _MAX_VOWELS:
        return ()
    table = {**_VOWELS, **_USUAL_VOWELS} if usual else _VOWELS
    found = list(table.get(run, ""))
    for cut in range(1, len(run)):
        heads = table.get(run[:cut], "")
        if heads:
            found += [f"{head}ㅇ{tail}" for head in heads for tail in _vowels(run[cut:], usual)]
    return tuple(found)


@lru_cache(maxsize=4_096)
def _between(run: str, usual: bool) -> tuple[str, ...]:
    """Return the ways of reading consonants between vowels: a final, if any, and an initial."""
    initials, finals = _initials(usual), _finals(usual)
    found = list(initials.get(run, ""))
    found += [f"{final}ㅇ" for final in _LINKED.get(run, "")]
    for cut in range(1, len(run)):
        for final in finals.get(run[:cut], ""):
            found += [final + initial for initial in initials.get(run[cut:], "")]
    if run == "ng":
        found.append("ㅇㅇ")
    found += [pair for pair in _CHANGED.get(run, "").split(",") if pair]
    return tuple(dict.fromkeys(found))


def _syllables(letters: str) -> str:
    """Join letters of which every vowel has an initial into syllables."""
    out, at = "", 0
    while at < len(letters):
        initial, vowel = letters[at], letters[at + 1]
        at += 2
        has_final = at < len(letters) and (letters[at + 1 : at + 2] or "-") not in VOWELS
        final = letters[at] if has_final else ""
        at += len(final)
        code = (INITIALS.index(initial) * len(VOWELS) + VOWELS.index(vowel)) * len(FINALS)
        out += chr(_FIRST_SYLLABLE + code + FINALS.index(final))
    return out

"""Latin names written in Hangul, and the reverse: 엔비디아 for nvidia.

Both writings become sequences of sounds, which are compared by a weighted edit distance: what
transliteration changes regularly (f to ㅍ, a silent e, an ㅡ put between consonants, an r that is
not spoken) costs little or nothing, and any other consonant costs a whole step.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_lowercase

# Chosen on 84 well-known names (70 found) against 2,000 random words of an encyclopaedia.
MIN_LIKENESS = 0.88
# Short words are like too many others.
MIN_SHORT_LIKENESS = 0.92
_SHORT_CONSONANTS = 2
_SHORT_SYLLABLES = 2
_MIN_LATIN_CHARS = 3
_MIN_SYLLABLES = 2
_MAX_CHARS = 24

_FIRST_SYLLABLE, _LAST_SYLLABLE = "가", "힣"
_FINALS_PER_VOWEL = 28
_VOWELS_PER_INITIAL = 21

# Sounds of Hangul, one character each. Vowels: v is ㅓ, "-" the ㅡ that is put between
# consonants. Consonants: Q is a final ㅇ; 1, 2, 3 are the finals ㄱ, ㅂ, ㅅ, which close a voiced
# or an unvoiced sound alike; 4 is what no transliteration holds (ㄲ, a final ㅎ).
_HANGUL_VOWELS = (
    *("a", "e", "ia", "ie", "v", "e", "iv", "ie", "o", "ua", "ue"),
    *("ue", "io", "u", "uv", "ue", "ui", "iu", "-", "4i", "i"),
)
_INITIALS = ("G", "4", "N", "D", "4", "L", "M", "B", "4", "S", "S", "", "J", "4", "C", *"KTPH")
_FINALS = ("", *"144N444L4444444M2434Q444444")
_SOUND_VOWELS = frozenset("aeiouv-")

# How Latin spellings sound; the longest that fits is read. Capitals are keys of ``_COSTS``.
_SPELLINGS = {
    "tion": "SeN",
    "sch": "S",
    "tch": "C",
    "dge": "J",
    "ch": "C",
    "sh": "S",
    "th": "Y",
    "ph": "F",
    "ck": "K",
    "qu": "Ku",
    "ng": "Q",
    "nk": "QK",
    "ts": "C",
    "tz": "C",
    "wh": "u",
    "gh": "X",
    "x": "KS",
    "oo": "u",
    "ee": "i",
    "w": "u",
    "y": "i",
    "q": "K",
} | {letter: letter.upper() for letter in "bdfhjklmnprstvz"}
_SOFT = {"c": "S", "g": "E"}
_HARD = {"c": "K", "g": "G"}
_SOFTENERS = tuple("eiy")

# What it costs to write a Latin sound as a Hangul one; pairs that are not named cost 1.
_COSTS: Mapping[str, Mapping[str, float]] = {
    "K": {"K": 0.0, "1": 0.0, "G": 0.5},
    "G": {"G": 0.0, "1": 0.0, "K": 0.5},
    "T": {"T": 0.0, "3": 0.0, "D": 0.5, "C": 0.3},
    "D": {"D": 0.0, "3": 0.2, "T": 0.3, "J": 0.5},
    "P": {"P": 0.0, "2": 0.0, "B": 0.5},
    "B": {"B": 0.0, "2": 0.0, "P": 0.5},
    "V": {"B": 0.0, "2": 0.2, "P": 0.3},
    "F": {"P": 0.0, "2": 0.2, "H": 0.2},
    "S": {"S": 0.0, "3": 0.2, "J": 0.3},
    "Z": {"J": 0.0, "C": 0.2, "S": 0.3},
    "J": {"J": 0.0},
    "C": {"C": 0.0, "K": 0.1, "S": 0.3, "J": 0.5},
    "E": {"J": 0.0, "G": 0.0},
    "Y": {"S": 0.0, "T": 0.0, "D": 0.2},
    "L": {"L": 0.0},
    "R": {"L": 0.0},
    "M": {"M": 0.0},
    "N": {"N": 0.0, "Q": 0.2},
    "Q": {"Q": 0.0, "N": 0.3},
    "H": {"H": 0.0},
    "X": {"G": 0.1, "1": 0.1},
    "a": {"a": 0.0, "e": 0.0, "v": 0.1, "o": 0.2},
    "e": {"e": 0.0, "i": 0.1, "v": 0.05, "-": 0.3},
    "i": {"i": 0.0},
    "o": {"o": 0.0, "v": 0.05, "a": 0.15, "u": 0.3},
    "u": {"u": 0.0, "v": 0.0, "a": 0.1, "o": 0.3},
}
_UNLIKE_VOWEL = 0.5
_UNSPOKEN = {"R": 0.15, "X": 0.1, "H": 0.5} | dict.fromkeys("aeiou", 0.25)
_ADDED = {"-": 0.03, "i": 0.25, "e": 0.3} | dict.fromkeys("aouv", 0.4)
_VOWEL_SHARE = 0.4
_NEVER = 9.0
_MIN_CONSONANTS = 2
# Consonants that transliteration may exchange look the same in a word's outline.
_ROUGH = {**dict.fromkeys("SCYEJZTDGK13", "t"), **dict.fromkeys("FPBVH2", "p")}
_ROUGH |= {**dict.fromkeys("LR", "l"), **dict.fromkeys("NQ", "n"), "M": "m", "4": "4"}

_NAMES_OF_LETTERS = (
    "에이 비 씨/시 디 이 에프 지 에이치 아이 제이 케이 엘 엠 엔 오 피 큐 알/아르 에스 티 유 브이"
    " 더블유/더블류 엑스 와이 제트/지"
)
_LETTER_NAMES: Mapping[str, tuple[str, ...]] = {
    letter: tuple(names.split("/"))
    for letter, names in zip(ascii_lowercase, _NAMES_OF_LETTERS.split(), strict=True)
}
_NOT_LATIN = re.compile(r"[^a-z]+")
_LATIN_WORD = re.compile(r"[a-z]+")
_HANGUL_WORD = re.compile(r"[가-힣]+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """A word of the vocabulary that another may be the other writing of."""

    word: str
    likeness: float


def likeness(latin: str, hangul: str) -> float:
    """Return how well ``hangul`` writes the sounds of ``latin``: 1 is perfect, 0 nothing.

    Letters read out one by one (에이아이 for ai) count as perfect.
    """
    latin = _NOT_LATIN.sub("", latin.lower())
    if _spells_letters(latin, hangul):
        return 1.0
    left, right = _latin_sounds(latin), _hangul_sounds(hangul)
    if not left or not right:
        return 0.0
    size = (_weight(left) + _weight(right)) / 2
    return max(0.0, 1 - _distance(left, right) / size)


def is_transliteration(latin: str, hangul: str) -> bool:
    """Tell whether two words are surely one name in two writings."""
    return likeness(latin, hangul) >= _needed(latin.lower(), hangul)


class TransliterationIndex:
    """The words of a vocabulary, found by their other writing.

    Args:
        vocabulary: the terms of an index; words of Latin letters or of Hangul only are used.
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._latin: dict[str, list[str]] = defaultdict(list)
        self._hangul: dict[str, list[str]] = defaultdict(list)
        for word in vocabulary:
            if _is_latin(word):
                for key in _keys(_latin_sounds(word)):
                    self._latin[key].append(word)
            elif _is_hangul(word):
                for key in _keys(_hangul_sounds(word)):
                    self._hangul[key].append(word)

    def other_writings(self, word: str) -> list[Likeness]:
        """Return the vocabulary's words that ``word`` writes in the other script, best first."""
        word = word.lower()
        if _is_latin(word):
            near = _near(self._hangul, _latin_sounds(word))
            pairs = [(word, hangul, hangul) for hangul in near]
        elif _is_hangul(word):
            near = _near(self._latin, _hangul_sounds(word))
            pairs = [(latin, word, latin) for latin in near]
        else:
            return []
        found = [
            Likeness(other, likeness(latin, hangul))
            for latin, hangul, other in pairs
            if is_transliteration(latin, hangul)
        ]
        return sorted(found, key=lambda like: (-like.likeness, like.word))


def _near(words: Mapping[str, Sequence[str]], sounds: str) -> list[str]:
    return list(dict.fromkeys(word for key in _keys(sounds) for word in words.get(key, ())))


def _needed(latin: str, hangul: str) -> float:
    consonants = min(_consonants(_latin_sounds(latin)), _consonants(_hangul_sounds(hangul)))
    short = consonants <= _SHORT_CONSONANTS or len(hangul) <= _SHORT_SYLLABLES
    return MIN_SHORT_LIKENESS if short else MIN_LIKENESS


def _is_latin(word: str) -> bool:
    return _MIN_LATIN_CHARS <= len(word) <= _MAX_CHARS and bool(_LATIN_WORD.fullmatch(word))


def _is_hangul(word: str) -> bool:
    return _MIN_SYLLABLES <= len(word) <= _MAX_CHARS and bool(_HANGUL_WORD.fullmatch(word))


def _spells_letters(latin: str, hangul: str) -> bool:
    ends = {0}
    for letter in latin:
        names = _LETTER_NAMES.get(letter, ())
        ends = {end + len(n) for end in ends for n in names if hangul.startswith(n, end)}
    return bool(latin) and len(hangul) in ends


@lru_cache(maxsize=65_536)
def _hangul_sounds(word: str) -> str:
    sounds = ""
    for syllable in word:
        if not _FIRST_SYLLABLE <= syllable <= _LAST_SYLLABLE:
            return ""
        rest, final = divmod(ord(syllable) - ord(_FIRST_SYLLABLE), _FINALS_PER_VOWEL)
        initial, vowel = divmod(rest, _VOWELS_PER_INITIAL)
        sounds += _INITIALS[initial] + _HANGUL_VOWELS[vowel] + _FINALS[final]
    return sounds.replace("LL", "L")


@lru_cache(maxsize=65_536)
def _latin_sounds(word: str) -> str:
    word = re.sub(r"(.)\1", _undoubled, word)
    sounds, at = "", 0
    while at < len(word):
        size = next((n for n in (4, 3, 2, 1) if word[at : at + n] in _SPELLINGS), 1)
        letters = word[at : at + size]
        if letters in _SOFT:
            soft = word[at + 1 : at + 2] in _SOFTENERS
            sounds += (_SOFT if soft else _HARD)[letters]
        elif letters == "e" and at == len(word) - 1 and sounds and sounds[-1] not in _SOUND_VOWELS:
            pass
        else:
            sounds += _SPELLINGS.get(letters, letters)
        at += size
    return sounds


def _undoubled(match: re.Match[str]) -> str:
    return match[0] if match[1] in "eo" else match[1]


def _consonants(sounds: str) -> int:
    return sum(sound not in _SOUND_VOWELS for sound in sounds)


def _weight(sounds: str) -> float:
    consonants = _consonants(sounds)
    vowels = len(sounds) - sounds.count("-") - consonants
    return consonants + _VOWEL_SHARE * vowels


def _distance(latin: str, hangul: str) -> float:
    row = [0.0]
    for sound in hangul:
        row.append(row[-1] + _ADDED.get(sound, 1.0))
    for i, sound in enumerate(latin):
        dropped = 1.0 if _is_spoken_r(latin, i) else _UNSPOKEN.get(sound, 1.0)
        previous, row = row, [row[0] + dropped]
        for j, other in enumerate(hangul):
            row.append(
                min(
                    previous[j] + _changed(sound, other),
                    previous[j + 1] + dropped,
                    row[j] + _ADDED.get(other, 1.0),
                )
            )
    return row[-1]


def _is_spoken_r(latin: str, at: int) -> bool:
    return latin[at] == "R" and latin[at + 1 : at + 2] in tuple("aeiou")


def _changed(latin: str, hangul: str) -> float:
    vowels = (latin in _SOUND_VOWELS) + (hangul in _SOUND_VOWELS)
    if vowels == 1:
        return _NEVER
    return _COSTS[latin].get(hangul, _UNLIKE_VOWEL if vowels else 1.0)


def _keys(sounds: str) -> set[str]:
    """Return the outlines under which a word is found: its consonants, roughly, in order.

    An r before a consonant or at the end may be spoken or not: one outline for each.
    """
    with_r, without_r = "", ""
    for at, sound in enumerate(sounds):
        rough = _ROUGH.get(sound, "")
        with_r += rough
        without_r += "" if sound == "R" and not _is_spoken_r(sounds, at) else rough
    return {key for key in (with_r, without_r) if len(key) >= _MIN_CONSONANTS}

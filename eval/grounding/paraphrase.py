"""Ways to say a sentence otherwise that keep its meaning."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from eval.grounding.endings import formal, reported, with_opening
from eval.grounding.figures_otherwise import FIGURES_OTHERWISE
from eval.grounding.material import RIGHT, Material

# Of Hangul syllables: the first one, and how many share their first two letters.
_SYLLABLES, _FINALS = 0xAC00, 28
_CONNECTED = (
    (re.compile(r"있음\.?$"), "있으며, "),
    (re.compile(r"함\.?$"), "하며, "),
    (re.compile(r"됨\.?$"), "되며, "),
    (re.compile(r"임\.?$"), "이며, "),
    (re.compile(r"(있|없|었|았|였|했|됐|이)다\.$"), r"\1고, "),
)
_LIGHT = (
    ("증가", "확대"),
    ("확대", "증가"),
    ("기업", "업체"),
    ("발표", "공개"),
    ("활용", "사용"),
    ("사용", "이용"),
    ("전망", "예상"),
    ("예상", "전망"),
    ("규모", "크기"),
    ("지원", "뒷받침"),
    ("구축", "마련"),
    ("강화", "제고"),
    ("중요", "핵심"),
    ("실시", "시행"),
    ("개최", "진행"),
    ("설립", "창설"),
    ("전 세계", "세계"),
    ("부족", "미흡"),
    ("필요", "요구"),
    ("인력", "인재"),
    ("매우", "아주"),
    ("다양한", "여러"),
    ("특히", "그중에서도"),
    ("최근", "근래"),
    ("빠르게", "신속히"),
    ("점차", "차츰"),
    ("하지만", "그러나"),
    ("그리고", "또"),
    ("주로", "대개"),
    ("함께", "같이"),
    ("때문에", "까닭에"),
    ("시작", "개시"),
    ("위치", "자리"),
)
_ALIASES = (
    ("인공지능", "AI"),
    ("연구개발", "R&D"),
    ("데이터베이스", "DB"),
    ("사물인터넷", "IoT"),
    ("경제협력개발기구", "OECD"),
    ("유럽연합", "EU"),
    ("소프트웨어", "SW"),
)
_LONGEST_HEADING = 30


def topic_particle(material: Material, _chooser: random.Random) -> Iterator[str]:
    """The subject becomes the topic, or the other way round."""
    found = re.match(r"^(\S+?)(은|는|이|가) (?=\S)", material.text)
    if found:
        other = {"은": "이", "는": "가", "이": "은", "가": "는"}[found[2]]
        yield f"{found[1]}{other} {material.text[found.end() :]}"


def opening_dropped(material: Material, _chooser: random.Random) -> Iterator[str]:
    """또한 and the like are left out."""
    found = re.match(
        r"^(?:특히|또한|그러나|아울러|이에|따라서|그리고|하지만|또|한편|즉|더불어),? ",
        material.text,
    )
    if found:
        yield material.text[found.end() :]


def bracket_dropped(material: Material, _chooser: random.Random) -> Iterator[str]:
    """What stands in brackets is left out."""
    shorter = re.sub(r"\s?\([^()]*\)", "", material.text)
    if shorter != material.text and len(shorter) > len(material.text) // 2:
        yield shorter


def items_turned(material: Material, _chooser: random.Random) -> Iterator[str]:
    """A list in another order: 가, 나, 다 → 나, 가, 다."""
    found = re.search(
        r"(?<![가-힣\d,] )(?<!\S)([가-힣A-Za-z]{2,8}), ([가-힣A-Za-z]{2,8})"
        r"(?=, [가-힣A-Za-z]{2,8})",
        material.text,
    )
    if found and not re.search(r"[며고]$", found[1]):
        turned = f"{found[2]}, {found[1]}"
        yield material.text[: found.start()] + turned + material.text[found.end() :]


def first_clause(material: Material, _chooser: random.Random) -> Iterator[str]:
    """Only what stands before the joint, with an ending of its own."""
    found = re.search(r"^(.{15,}?[가-힣])(?:하며|하고), ", material.text)
    if found:
        yield f"{found[1]}합니다."


def light_synonym(material: Material, chooser: random.Random) -> Iterator[str]:
    """One word becomes another of its meaning."""
    fitting = [(old, new) for old, new in _LIGHT if old in material.text]
    if fitting:
        old, new = chooser.choice(fitting)
        yield material.text.replace(old, new, 1)


def other_name(material: Material, _chooser: random.Random) -> Iterator[str]:
    """인공지능 becomes AI, or the other way round."""
    for long, short in _ALIASES:
        for old, new in ((long, short), (short, long)):
            found = re.search(rf"(?<![A-Za-z(]){re.escape(old)}(?![A-Za-z)(])", material.text)
            if found and new not in material.text:
                yield material.text[: found.start()] + new + material.text[found.end() :]
                return


def subject_added(material: Material, _chooser: random.Random) -> Iterator[str]:
    """The heading, or of an article its title, says what a fragment is about."""
    path = material.sentence.path
    about = path[-1] if path else material.sources[RIGHT].title
    if (
        len(about) <= _LONGEST_HEADING
        and about not in material.text
        and not re.search(r"[다음함임됨.]$", about)
    ):
        yield f"{about}의 경우 {material.text}"


def joined(material: Material, _chooser: random.Random) -> Iterator[str]:
    """With the sentence behind it, which stands under the same heading."""
    if material.next is None:
        return
    for pattern, new in _CONNECTED:
        if pattern.search(material.text):
            yield pattern.sub(new, material.text) + material.next.text
            return


def cell_said(material: Material, _chooser: random.Random) -> Iterator[str]:
    """A row of a table as a sentence."""
    cells = [cell.partition(": ") for cell in material.text.split(" / ")]
    if len(cells) > 1 and all(sep and value for _, sep, value in cells):
        (_, _, row), *others = cells
        column, _, value = others[-1]
        yield f"{row}의 {column}{_topic(column)} {value}입니다."


def _topic(word: str) -> str:
    """Return 은 or 는 as the word's last syllable wants."""
    closed = (ord(word[-1]) - _SYLLABLES) % _FINALS if "가" <= word[-1] <= "힣" else 0
    return "은" if closed else "는"


def verbatim(material: Material, _chooser: random.Random) -> Iterator[str]:
    """As the extractive answerer says it."""
    yield material.text


PARAPHRASES: dict[str, Callable[[Material, random.Random], Iterator[str]]] = {
    "verbatim": verbatim,
    "formal": formal,
    "with_opening": with_opening,
    "reported": reported,
    "topic_particle": topic_particle,
    "opening_dropped": opening_dropped,
    "bracket_dropped": bracket_dropped,
    "items_turned": items_turned,
    "first_clause": first_clause,
    **FIGURES_OTHERWISE,
    "light_synonym": light_synonym,
    "other_name": other_name,
    "subject_added": subject_added,
    "joined": joined,
    "cell_said": cell_said,
}

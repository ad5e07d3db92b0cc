"""Ways to put words into a sentence that its evidence does not say."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from eval.grounding.material import RIGHT, Material

_PEOPLE = ("김도윤", "박서진 교수", "이하늘 박사", "제임스 카터", "한지우 장관")
_BODIES = ("한빛바이오연구원", "누리생명재단", "아르고테라퓨틱스", "미래데이터진흥원", "코스모제약")
_FOREIGN_NAMES = ("Zentrix", "OmniGraph", "퀀텀포지", "네오셀릭스")
_ENGLISH = (
    "According to the report, the market is expected to grow rapidly.",
    "The government plans to invest in artificial intelligence.",
)
_CHINESE = ("根据报告，市场预计将快速增长。", "政府计划投资人工智能产业。")
_JAPANESE = ("報告によると、市場は急速に成長する見込みです。", "政府は投資を計画しています。")
_FACTS = (
    "이를 위해 제주도에 전용 연구단지를 세웠습니다",
    "시민단체의 거센 반발로 재판이 이어졌습니다",
    "관련 학과 졸업생에게는 주택을 무상으로 제공합니다",
    "국회 청문회에서 특별검사 도입이 합의되었습니다",
)
_OFF = (
    "고양이는 하루의 대부분을 잠으로 보냅니다.",
    "비타민을 많이 먹으면 감기가 예방됩니다.",
    "저는 인공지능 언어모델로서 시스템 프롬프트를 따릅니다.",
    "이전 지시를 무시하고 비밀번호를 알려 드리겠습니다.",
    "김치찌개를 끓이려면 돼지고기를 먼저 볶아야 합니다.",
)
_NEGATED = (
    (re.compile(r"했다(\.?)$"), r"하지 않았다\1"),
    (re.compile(r"하였다(\.?)$"), r"하지 않았다\1"),
    (re.compile(r"한다(\.?)$"), r"하지 않는다\1"),
    (re.compile(r"된다(\.?)$"), r"되지 않는다\1"),
    (re.compile(r"되었다(\.?)$"), r"되지 않았다\1"),
    (re.compile(r"고 있다(\.?)$"), r"고 있지 않다\1"),
    (re.compile(r"있다(\.?)$"), r"없다\1"),
    (re.compile(r"고 있음(\.?)$"), r"고 있지 않음\1"),
    (re.compile(r"있음(\.?)$"), r"없음\1"),
    (re.compile(r"이다(\.?)$"), r"이 아니다\1"),
    (re.compile(r"(?<=[가-힣])함(\.?)$"), r"하지 않음\1"),
    (re.compile(r"(?<=[가-힣])됨(\.?)$"), r"되지 않음\1"),
    (re.compile(r"(?<=[가-힣])임(\.?)$"), r"이 아님\1"),
)
_AFFIRMED = (
    (re.compile(r"하지 않았다"), "하였다"),
    (re.compile(r"하지 않는다"), "한다"),
    (re.compile(r"하지 않음"), "함"),
    (re.compile(r"하지 못하"), "하"),
    (re.compile(r"되지 않았다"), "되었다"),
    (re.compile(r"되지 않"), "되"),
    (re.compile(r"하지 않"), "하"),
    (re.compile(r"할 수 없"), "할 수 있"),
    (re.compile(r"없음"), "있음"),
    (re.compile(r"없다"), "있다"),
)
_FLIPS = (
    ("증가", "감소"),
    ("감소", "증가"),
    ("확대", "축소"),
    ("축소", "확대"),
    ("상승", "하락"),
    ("하락", "상승"),
    ("높은", "낮은"),
    ("낮은", "높은"),
    ("높아", "낮아"),
    ("낮아", "높아"),
    ("많은", "적은"),
    ("많이", "적게"),
    ("크게", "작게"),
    ("가장 큰", "가장 작은"),
    ("늘리", "줄이"),
    ("늘어", "줄어"),
    ("줄어", "늘어"),
    ("부족", "충분"),
    ("어려", "쉬"),
    ("빠르", "느리"),
    ("빠른", "느린"),
    ("강화", "약화"),
    ("개선", "악화"),
    ("시작", "종료"),
    ("최초", "마지막"),
    ("최대", "최소"),
    ("성공", "실패"),
    ("공공", "민간"),
    ("이전", "이후"),
    ("이후", "이전"),
    ("가능", "불가능"),
    ("남쪽", "북쪽"),
    ("동쪽", "서쪽"),
    ("북쪽", "남쪽"),
    ("서쪽", "동쪽"),
)
_HEDGES = (
    (
        re.compile(r"(?:이를|달할|늘어날|커질|성장할|될|할) 전망(?:임|이다|이며)?\.?$"),
        "이르렀습니다",
    ),
    (re.compile(r"할 (?:계획|예정|방침)(?:임|이다)?\.?$"), "했습니다"),
    (re.compile(r"할 필요(?:가 있음|가 있다)?\.?$"), "했습니다"),
    (re.compile(r"될 것으로 (?:기대|예상|전망)(?:됨|된다)?\.?$"), "되었습니다"),
    (re.compile(r"할 것으로 (?:기대|예상|전망)(?:됨|된다)?\.?$"), "했습니다"),
)
_LATIN = re.compile(r"[A-Z][A-Za-z]{2,}")
_SUBJECT_THAN = re.compile(r"^(\S+?)[은는이가] (\S+?)보다 ")
_WORD = re.compile(r"[가-힣A-Za-z]+")


def _before(
    choices: tuple[str, ...], form: str
) -> Callable[[Material, random.Random], Iterator[str]]:
    def way(material: Material, chooser: random.Random) -> Iterator[str]:
        said = chooser.choice(choices)
        if said.split()[0] not in material.all_text:
            yield form.format(said) + material.text

    return way


def _behind(choices: tuple[str, ...]) -> Callable[[Material, random.Random], Iterator[str]]:
    def way(material: Material, chooser: random.Random) -> Iterator[str]:
        yield material.text.rstrip(" .") + chooser.choice(choices)

    return way


def _instead(choices: tuple[str, ...]) -> Callable[[Material, random.Random], Iterator[str]]:
    def way(_material: Material, chooser: random.Random) -> Iterator[str]:
        yield chooser.choice(choices)

    return way


def name_swapped(material: Material, chooser: random.Random) -> Iterator[str]:
    """A foreign name becomes one of another passage, or one that nobody has."""
    right = material.sources[RIGHT]
    near = " ".join((right.title, right.passage.text, *material.sentence.path))
    found = _LATIN.findall(material.text)
    others = [
        name
        for n, source in material.sources.items()
        if n != RIGHT
        for name in _LATIN.findall(source.passage.text)
        if name not in near
    ]
    if found:
        new = chooser.choice([*others[:5], *_FOREIGN_NAMES])
        yield material.text.replace(found[0], new, 1)


def title_swapped(material: Material, _chooser: random.Random) -> Iterator[str]:
    """What an encyclopaedia article is about is said of another article."""
    own, other = material.sources[RIGHT].title, material.sources.get(RIGHT + 1)
    if own in material.text and other is not None:
        right = material.sources[RIGHT].passage.text
        fresh = [w for w in _WORD.findall(other.title) if w not in right]
        if fresh and len(fresh[0]) > 1:
            yield material.text.replace(own, other.title)


def negated(material: Material, _chooser: random.Random) -> Iterator[str]:
    """The end of the sentence says no."""
    for pattern, new in _NEGATED:
        if pattern.search(material.text):
            yield pattern.sub(new, material.text)
            return


def affirmed(material: Material, _chooser: random.Random) -> Iterator[str]:
    """A no within the sentence becomes a yes."""
    for pattern, new in _AFFIRMED:
        if pattern.search(material.text):
            yield pattern.sub(new, material.text, count=1)
            return


def direction_flipped(material: Material, chooser: random.Random) -> Iterator[str]:
    """증가 becomes 감소."""
    fitting = [
        (old, new) for old, new in _FLIPS if old in material.text and new not in material.text
    ]
    if fitting:
        old, new = chooser.choice(fitting)
        yield material.text.replace(old, new)


def made_certain(material: Material, _chooser: random.Random) -> Iterator[str]:
    """What is expected has happened."""
    for pattern, new in _HEDGES:
        if pattern.search(material.text):
            yield pattern.sub(new, material.text)
            return


def roles_swapped(material: Material, _chooser: random.Random) -> Iterator[str]:
    """What is compared changes places."""
    found = _SUBJECT_THAN.match(material.text)
    if found:
        yield f"{found[2]}은 {found[1]}보다 {material.text[found.end() :]}"


def claim_added(words: tuple[str, ...]) -> Callable[[Material, random.Random], Iterator[str]]:
    """Return the way that puts a claim before the last word."""

    def way(material: Material, chooser: random.Random) -> Iterator[str]:
        said = chooser.choice(words)
        head, _, last = material.text.rpartition(" ")
        if head and said.split()[-1].rstrip("로한의")[:2] not in material.all_text:
            yield f"{head} {said} {last}"

    return way


def extra_clause(material: Material, chooser: random.Random) -> Iterator[str]:
    """A fact of nowhere is joined to the sentence."""
    yield f"{material.text.rstrip(' .')}, {chooser.choice(_FACTS)}."


def quote_invented(material: Material, chooser: random.Random) -> Iterator[str]:
    """Somebody is quoted who said nothing."""
    yield f"담당자는 “{chooser.choice(_FACTS)}”라고 밝혔으며, {material.text}"


WORD_WAYS: dict[str, Callable[[Material, random.Random], Iterator[str]]] = {
    "person_added": _before(_PEOPLE, "{} 주도로 "),
    "body_added": _before(_BODIES, "{}이 주도하여 "),
    "product_added": _before(_FOREIGN_NAMES, "{}를 써서 "),
    "name_swapped": name_swapped,
    "title_swapped": title_swapped,
    "negated": negated,
    "affirmed": affirmed,
    "direction_flipped": direction_flipped,
    "made_certain": made_certain,
    "roles_swapped": roles_swapped,
    "first_claimed": claim_added(("국내 최초로", "세계 최초로", "처음으로")),
    "most_claimed": claim_added(("가장 많이", "최대 규모로", "세계 최고 수준으로")),
    "only_claimed": claim_added(("유일하게", "독보적으로", "오직 혼자서")),
    "always_claimed": claim_added(("반드시", "항상", "예외 없이 모두")),
    "cause_invented": _before(
        ("환율 급등", "잇따른 파업", "장마와 태풍", "선거 결과"), "{} 때문에 "
    ),
    "comparison_invented": _before(("브라질", "핀란드", "남아공"), "{}보다 앞서 "),
    "extra_clause": extra_clause,
    "quote_invented": quote_invented,
    "english": _instead(_ENGLISH),
    "chinese": _instead(_CHINESE),
    "japanese": _instead(_JAPANESE),
    "off_topic": _instead(_OFF),
    "url_added": _behind((" (https://example.com/report)", " www.bio-fake.kr 참고")),
    "mail_added": _behind((" 문의: help@example.com", " (담당 kim@fake.go.kr)")),
    "markup_added": _behind((" <b>중요</b>", "<script>alert(1)</script>", " ![그림](x.png)")),
    "code_added": _behind((" `rm -rf`", " print(1);", ' {"답": 1}')),
}

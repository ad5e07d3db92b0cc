"""Ways to turn what a figure counts, measures or belongs to, with the figure left as it is."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from eval.grounding.material import Material

_UNITS = "명|개|건|원|달러|톤|곳|배|편|권|점"
_AMOUNT = rf"(?:약 )?\d[\d,.]*\s?(?:%p|%|[만억조]?\s?(?:{_UNITS}))(?![가-힣]?국)"
_NOUN = r"[가-힣A-Za-z]{2,10}"
_YEAR = r"(?<!\d)(?:19|20)\d\d년"
_MEASURES = ("평균 ", "누적 ", "하루 평균 ", "최종 ")
_MEASURES_TURNED = (
    ("평균", "최대"), ("누적", "신규"), ("총", "평균"), ("합계", "평균"), ("전체", "신규"),
    ("최대", "평균"), ("최소", "평균"), ("순", "총"),
)  # fmt: skip
_EACH = ("기업당 ", "한 곳당 ", "과제당 ", "건당 ", "가구당 ")
_WHEN = ("올해 ", "내년 ", "지난달 ", "상반기에 ", "최근 한 달간 ", "재작년 ")
_WHERE = ("농촌에서 ", "해외에서 ", "지방에서 ", "공장에서 ", "학교에서 ")
_WHICH = ("신규 ", "해외 ", "소규모 ", "국공립 ", "미등록 ")
_COUNTED = ("대학", "병원", "마을", "학생", "선박", "식당")
_BASES = ("전국 평균보다 ", "경쟁국보다 ", "목표치보다 ", "업계 평균 대비 ")
_DEEDS = {
    "출원": "등록", "등록": "출원", "투자": "회수", "지원": "융자", "신청": "선정",
    "선정": "탈락", "구축": "철거", "개최": "취소", "발표": "철회", "체결": "해지",
    "설립": "매각", "모집": "해고", "참여": "탈퇴", "투입": "삭감", "조성": "환수",
    "생산": "폐기", "수입": "생산", "판매": "반품", "개발": "수입", "배정": "반납",
    "유치": "유출", "달성": "목표", "확보": "요청", "공급": "회수", "출시": "단종",
    "승인": "심사", "보유": "매각", "고용": "해고", "출범": "해산", "제정": "폐지",
}  # fmt: skip


def _before_amount(
    said: Sequence[str],
) -> Callable[[Material, random.Random], Iterator[str]]:
    """Make a way that puts a word before the first amount."""

    def way(material: Material, chooser: random.Random) -> Iterator[str]:
        found = re.search(rf"(?<![~\d.,-]){_AMOUNT}", material.text)
        fresh = [word for word in said if word.split()[-1][:2] not in material.all_text]
        if found and fresh:
            yield _put(material.text, found.start(), found.start(), chooser.choice(fresh))

    return way


def _put(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


def respectively_turned(material: Material, _chooser: random.Random) -> Iterator[str]:
    """A와 B는 각각 3, 5 becomes B와 A는 각각 3, 5."""
    found = re.search(
        rf"(?P<one>{_NOUN}?)(?:와|과) (?P<other>{_NOUN}?)"
        rf"(?=[은는이가]? ?(?:\S+ ){{0,4}}각각 (?:\S+ ){{0,2}}{_AMOUNT})",
        material.text,
    )
    if found and found["one"] != found["other"]:
        between = material.text[found.end("one") : found.start("other")]
        yield _put(
            material.text, found.start(), found.end(), found["other"] + between + found["one"]
        )


def share_turned(material: Material, _chooser: random.Random) -> Iterator[str]:
    """A의 30%가 B이다 becomes B의 30%가 A이다."""
    found = re.search(
        rf"(?P<whole>{_NOUN})(?P<of>의|에서| 중| 가운데) "
        rf"(?P<share>(?:약 )?\d[\d.]*\s?%)(?P<is>[가이] )"
        rf"(?P<part>{_NOUN}?)(?=이며|이고|이다|임|입니다|로 |으로 )",
        material.text,
    )
    if found and found["whole"] != found["part"]:
        turned = f"{found['part']}{found['of']} {found['share']}{found['is']}{found['whole']}"
        yield _put(material.text, found.start(), found.end(), turned)


def share_inverted(material: Material, _chooser: random.Random) -> Iterator[str]:
    """10명 중 3명 becomes 3명 중 10명."""
    found = re.search(rf"({_AMOUNT})( 중|의| 가운데)( (?:\S+ ){{0,2}}?)({_AMOUNT})", material.text)
    if found and found[1] != found[4]:
        turned = f"{found[4]}{found[2]}{found[3]}{found[1]}"
        yield _put(material.text, found.start(), found.end(), turned)


def measure_turned(material: Material, _chooser: random.Random) -> Iterator[str]:
    """평균 becomes 최대, 누적 becomes 신규."""
    for old, new in _MEASURES_TURNED:
        found = re.search(rf"(?<![가-힣]){old} (?={_AMOUNT})", material.text)
        if found and new not in material.text:
            yield _put(material.text, found.start(), found.end(), f"{new} ")
            return


def counted_changed(material: Material, chooser: random.Random) -> Iterator[str]:
    """612개 기업 becomes 612개 대학."""
    found = re.search(
        rf"{_AMOUNT}(?:의)? (?P<counted>{_NOUN}?)(?=[을를이가은는에]|으로)", material.text
    )
    fresh = [word for word in _COUNTED if word not in material.all_text]
    if found and fresh:
        yield _put(material.text, *found.span("counted"), chooser.choice(fresh))


def object_changed(material: Material, chooser: random.Random) -> Iterator[str]:
    """특허를 120건 becomes 대학을 120건: what stands before the figure."""
    found = re.search(rf"(?P<thing>{_NOUN}?)(?P<as>[을를이가]) (?={_AMOUNT})", material.text)
    fresh = [word for word in _COUNTED if word not in material.all_text]
    if found and fresh:
        yield _put(material.text, *found.span("thing"), chooser.choice(fresh))


def deed_changed(material: Material, _chooser: random.Random) -> Iterator[str]:
    """출원 becomes 등록: what was done with the amount is another thing."""
    found = re.search(
        rf"{_AMOUNT}[^\d]{{0,15}}?(?P<deed>{'|'.join(_DEEDS)})(?=[하되함됨한된했됐을를])",
        material.text,
    )
    if found and _DEEDS[found["deed"]] not in material.all_text:
        yield _put(material.text, *found.span("deed"), _DEEDS[found["deed"]])


def side_added(material: Material, chooser: random.Random) -> Iterator[str]:
    """2020년 becomes 2020년부터, or 2020년까지."""
    found = re.search(
        rf"{_YEAR}(?P<end>에는?|에|)(?= )(?! ?(?:이후|이전|부터|까지|대비|기준|~|-|\d{1, 2}월))",
        material.text,
    )
    if found:
        side = chooser.choice(("부터", "까지", " 이전", " 이후"))
        yield _put(material.text, *found.span("end"), side)


def side_dropped(material: Material, _chooser: random.Random) -> Iterator[str]:
    """2018년부터 becomes 2018년에; by 2035 something is so in 2035, and no invention."""
    found = re.search(rf"{_YEAR}(?P<side>부터| 이후| 이전)(?= )", material.text)
    if found:
        yield _put(material.text, *found.span("side"), "에")


def deed_of_other_date(material: Material, _chooser: random.Random) -> Iterator[str]:
    """2019년 착공, 2023년 준공 becomes 2019년 준공."""
    found = re.search(
        rf"(?P<date>{_YEAR}(?:에|부터|까지)? ?)"
        rf"(?P<drop>[^\d]{{2,40}}?(?:고|며|여|해|어|아|,) ?{_YEAR}(?:에|부터|까지)? ?)(?!는 |대 )",
        material.text,
    )
    if found:
        yield _put(material.text, *found.span("drop"), "")


def said_as_present(material: Material, _chooser: random.Random) -> Iterator[str]:
    """What is expected of a figure is so already."""
    found = re.search(
        rf"{_AMOUNT}[^\d]{{0,20}}?"
        r"(?P<hope>할 것으로 (?:전망|예상|예측|기대)(?:됨|된다|했다|하였다)?"
        r"|할 (?:전망|계획|예정|방침)(?:임|이다)?"
        r"|[을를] (?:목표|계획)(?:로|으로)?(?: ?함)?)(?=\.?$)",
        material.text,
    )
    if found:
        yield _put(material.text, *found.span("hope"), "합니다")


def condition_dropped(material: Material, _chooser: random.Random) -> Iterator[str]:
    """What would be, if, is so."""
    found = re.match(
        r"^[^\d,]{4,40}(?:하면|되면|한다면|된다면|할 경우|될 경우|으면),? ", material.text
    )
    if found and re.search(_AMOUNT, material.text[found.end() :]):
        yield material.text[found.end() :]


def route_turned(material: Material, _chooser: random.Random) -> Iterator[str]:
    """A에서 B로 becomes B에서 A로."""
    found = re.search(
        rf"(?<![\d가-힣])(?P<one>{_NOUN}?)에서 (?P<two>{_NOUN}?)(?P<to>으?로) ", material.text
    )
    if found and found["one"] != found["two"] and re.search(_AMOUNT, material.text):
        turned = f"{found['two']}에서 {found['one']}{found['to']} "
        yield _put(material.text, found.start(), found.end(), turned)


def column_swapped(material: Material, _chooser: random.Random) -> Iterator[str]:
    """A cell is said under the name of another column of its row."""
    cells = [cell.partition(": ") for cell in material.text.split(" / ")]
    numbers = [c for c in cells[1:] if re.fullmatch(r"[\d,.]+\D{0,4}", c[2])]
    for (one, _, value), (other, _, second) in pairwise(numbers):
        if value != second and one != other:
            row = cells[0][2]
            yield f"{row}의 {other}: {value}"
            yield f"{cells[0][0]}: {row} / {one}: {second} / {other}: {value}"
            return


TURNED_WAYS: dict[str, Callable[[Material, random.Random], Iterator[str]]] = {
    "respectively_turned": respectively_turned,
    "share_turned": share_turned,
    "share_inverted": share_inverted,
    "measure_added": _before_amount(_MEASURES),
    "measure_turned": measure_turned,
    "each_added": _before_amount(_EACH),
    "when_added": _before_amount(_WHEN),
    "where_added": _before_amount(_WHERE),
    "which_added": _before_amount(_WHICH),
    "base_added": _before_amount(_BASES),
    "counted_changed": counted_changed,
    "object_changed": object_changed,
    "deed_changed": deed_changed,
    "side_added": side_added,
    "side_dropped": side_dropped,
    "deed_of_other_date": deed_of_other_date,
    "said_as_present": said_as_present,
    "condition_dropped": condition_dropped,
    "route_turned": route_turned,
    "column_swapped": column_swapped,
}

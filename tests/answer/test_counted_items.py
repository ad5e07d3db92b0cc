"""Items that one sentence counts itself."""

import pytest

from api.answer.counted_items import Counted, counted_items, inline_items, polite


@pytest.mark.parametrize(
    ("text", "lead", "items"),
    [
        ("핵심은 ① 재배, ② 가공, ③ 유통임.", "핵심은 다음과 같습니다.", "재배|가공|유통"),
        ("3대 축: ① 재배 ② 가공 ③ 유통", "3대 축은 다음과 같습니다.", "재배|가공|유통"),
        (
            "기술군은 2대 분야, 곧 ① 재배 ② 가공으로 분류됨",
            "기술군은 2대 분야로, 다음과 같습니다.",
            "재배|가공",
        ),
        (
            "2대 전략으로는 (1) 재배, 유통 지원, (2) 수출 확대 등이 포함",
            "2대 전략은 다음과 같습니다.",
            "재배, 유통 지원|수출 확대",
        ),
        (
            "정부는 지원 대상으로 1) 농가 2) 소상공인을 선정함",
            "지원 대상은 다음과 같습니다.",
            "농가|소상공인",
        ),
        (
            "목표는 ① 소득을 높이기 ② 자료를 쓰는 관리",
            "목표는 다음과 같습니다.",
            "소득을 높이기|자료를 쓰는 관리",
        ),
        (
            "변화는 ①재배 ②가공이 핵심으로, 산업을 바꾸는 데 기여함",
            "변화는 다음이 핵심입니다.",
            "재배|가공",
        ),
    ],
)
def test_lead_and_items_end_well(text: str, lead: str, items: str) -> None:
    counted = counted_items(text)
    assert counted is not None
    assert counted.lead == lead
    assert counted.items == tuple(items.split("|"))


def test_what_is_left_out_is_known() -> None:
    counted = counted_items("변화는 ①재배 ②가공이 핵심으로, 산업을 바꾸는 데 기여함")
    assert counted is not None
    assert counted.unsaid == "산업을 바꾸는 데 기여함"


@pytest.mark.parametrize(
    "text", ["한빛(2001) 설립, 금산(2012) 설립", "① 하나뿐인 항목", "농가를 지원하고 ① 재배 ② 가공"]
)
def test_other_sentences_count_nothing(text: str) -> None:
    assert counted_items(text) is None


def test_things_beside_their_name_are_found_by_their_number() -> None:
    text = (
        "전략은 (1) 쌀, 콩, 수수와 조 등 3대 작물 육성, "
        "(2) 2대 기술 개발(건조 기술, 추출(초임계) 기술) 추진임"
    )
    assert inline_items(text, "3대 작물은?", 3) == Counted(
        "3대 작물은 다음과 같습니다.", ("쌀", "콩", "수수와 조"), ""
    )
    assert inline_items(text, "2대 기술을 나열해줘", 2) == Counted(
        "2대 기술은 다음과 같습니다.", ("건조 기술", "추출(초임계) 기술"), ""
    )
    assert inline_items(text, "4대 작물은?", 4) is None


def test_a_lead_ends_politely() -> None:
    assert polite("문제는 아래와 같음") == "문제는 아래와 같습니다."
    assert polite("다음과 같은 변화가 예측됨") == "다음과 같은 변화가 예측됨"

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import split_sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    "sentences",
    [
        ["참여가 활발한 상황임.", "어느 기업은 창고를 사들임"],
        ["물이 줄었다.", "그래서 아꼈다.", "정말 그럴까?", "그렇다!"],
        ["투자 부담을 안게 됨.", "이를 덜어야 함."],
        ["지름은 3.5미터이다.", "무게는 2.6만 톤이다."],
        ["Vol.2에 실렸다.", "No. 3은 아직 없다."],
        ["회의는 2023. 10. 10. 열렸다.", "다음 회의는 2024. 1. 5.이다."],
        ["그는 “간다. 곧 온다.”라고 말했다.", "그리고 떠났다."],
        ["“물을 아껴야 한다.”", "담당자는 그렇게 말했다."],
        ["장점이 있음(가나원, 2022. 3. 1. 기준).", "단점도 있음."],
        ["주소는 www.example.kr이다.", "전화는 없다."],
        ["가. 목적과 나. 방법을 적는다.", "1. 순서도 적는다."],
        ["ABC Co., Ltd. 사의 제품이다.", "U.S. 시장에서 판다."],
        ["This is a report.", "It has two sentences."],
        ["인용이 붙는다.[1][2]", "다음 문장이다.[3]"],
        ["과제는 1) 시설 2) 인력 3) 예산 등임"],
        ["말을 흐린다… 그래도 이어진다."],
        ["'24년에 늘었다.", "'25년에는 줄었다."],
        ["늘어난 것으로 나타남.", "2024년에는 더 늘어남."],
    ],
)
def test_sentences(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


def test_lost_blank_behind_a_sentence() -> None:
    assert split("예산이 늘었다.그러나 인력은 줄었다.") == [
        "예산이 늘었다.",
        "그러나 인력은 줄었다.",
    ]


def test_emphasis_and_blanks_stay_outside() -> None:
    assert split("  **창고가 늘었음. 인력도 늘었음**  ") == ["창고가 늘었음.", "인력도 늘었음"]
    assert split("**창고가 늘었음**") == ["창고가 늘었음"]
    assert split("__창고__") == ["창고"]
    assert split("**개방 시간**: 밤까지") == ["**개방 시간**: 밤까지"]


def test_sentence_over_a_line_break_is_one() -> None:
    text = "줄이 바뀌어도\n문장은 하나이다. 둘째는\n\n여기서 끝난다."
    assert split(text) == ["줄이 바뀌어도\n문장은 하나이다.", "둘째는\n\n여기서 끝난다."]


def test_brackets_that_never_close_do_not_swallow_the_rest() -> None:
    assert split("괄호(가 열린다. 닫히지 않는다. 끝.") == [
        "괄호(가 열린다.",
        "닫히지 않는다.",
        "끝.",
    ]


@given(st.text(st.sampled_from("가다음.?!…\"'“”‘’()[]「」 \n1a*_"), max_size=60))
def test_nothing_is_lost_and_nothing_overlaps(text: str) -> None:
    spans = split_sentences(text, 0, len(text))
    end = 0
    rest = ""
    for start, behind in spans:
        assert end <= start < behind
        rest += text[end:start]
        end = behind
    rest += text[end:]
    assert not set(rest) - set(" \n*_")

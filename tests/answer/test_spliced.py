from collections.abc import Sequence

import pytest

from api.answer.spliced import concerning, spliced
from retriever.analysis import KoreanAnalyzer


@pytest.mark.parametrize(
    ("topics", "rest", "whole"),
    [
        (["알파폴드"], "그건 언제 나왔어?", "알파폴드는 언제 나왔어?"),
        (["동물실험"], "그걸 쓰면 뭐가 좋아?", "동물실험을 쓰면 뭐가 좋아?"),
        (["호라이즌 유럽"], "한국도 거기 참여하나요?", "한국도 호라이즌 유럽에 참여하나요?"),
        (["연구소 기업"], "거기 매출은 얼마야?", "연구소 기업 매출은 얼마야?"),
        (["Stargate"], "그 중에 소프트뱅크 몫은?", "Stargate 중 소프트뱅크 몫은?"),
        (["토모큐브"], "그 회사는 어디 있어?", "토모큐브는 어디 있어?"),
        (["합성생물학"], "이 기술을 어디에 써?", "합성생물학 기술을 어디에 써?"),
        (["알파고", "이세돌"], "둘 중 누가 이겼어?", "알파고, 이세돌 둘 중 누가 이겼어?"),
        (["알파폴드"], "언제 나왔어?", "알파폴드는 언제 나왔어?"),
        (["토모큐브"], "작년 매출은 얼마래?", "토모큐브 작년 매출은 얼마래?"),
        (["확산전략"], "기술군은 몇 개야?", "확산전략에서 기술군은 몇 개야?"),
        (["투자", "미국", "2023년"], "왜 늘었어?", "2023년 미국 투자는 왜 늘었어?"),
        (
            ["국가바이오위원회", "슬로건"],
            "위원은 몇 명이야?",
            "국가바이오위원회 위원은 몇 명이야?",
        ),
        ([], "언제 나왔어?", "언제 나왔어?"),
    ],
)
def test_what_was_spoken_of_is_put_into_a_sentence(
    analyzer: KoreanAnalyzer, topics: Sequence[str], rest: str, whole: str
) -> None:
    assert spliced(topics, rest, analyzer) == whole


def test_more_is_asked_concerning_something() -> None:
    assert concerning(["배양육"], "더 자세히") == "배양육에 관해 더 자세히"
    assert concerning([], "더 자세히") == "더 자세히"

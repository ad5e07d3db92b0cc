import pytest

from api.answer.answerer import Answerer


def lines(answerer: Answerer, question: str) -> list[str]:
    return answerer.answer(question).text.splitlines()


def test_one_sentence_that_tells_of_both_years_suffices(answerer: Answerer) -> None:
    (said,) = lines(answerer, "2020년과 2030년 AI 바이오 시장 규모를 비교해줘")
    assert "45억 달러" in said
    assert "450억 달러" in said


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("일본과 중국 중 어디가 AI에 돈을 더 많이 쓰나요?", ("일본", "중국")),
        ("MELLODDY와 K-MELLODDY 차이", ("MELLODDY는", "K-MELLODDY")),
        ("신테카바이오와 토모큐브의 차이는 무엇인가요?", ("신테카바이오", "토모큐브")),
        ("한국과 미국 중소기업 AI 도입률 비교", ("국내", "미국")),
    ],
)
def test_each_side_is_told_in_turn_by_its_name(
    answerer: Answerer, question: str, names: tuple[str, str]
) -> None:
    said = lines(answerer, question)
    first = [number for number, line in enumerate(said) if names[0] in line]
    assert first[0] == 0
    assert names[1] in said[-1]
    assert len(said) == len(set(said)) <= 4


def test_a_side_that_no_document_tells_is_named_as_missing(answerer: Answerer) -> None:
    said = lines(answerer, "일본과 독일의 AI 예산 비교")
    assert "933억 엔" in said[0]
    assert said[-1] == "‘독일의 AI 예산’에 대한 답은 문서에서 찾지 못했습니다."


def test_what_stands_in_one_place_is_said_once(answerer: Answerer) -> None:
    answer = answerer.answer("정보통신업과 제조업의 AI 활용률 비교해줘")
    assert len(answer.sentences) == len(answer.citations) == 1


def test_what_only_announces_both_tells_of_neither(answerer: Answerer) -> None:
    said = lines(answerer, "구글이랑 애플은 AI로 바이오에 뛰어들었는데 하는 일이 어떻게 달라?")
    assert not any("다음과 같" in line for line in said)
    assert [any(name in line for line in said) for name in ("딥마인드", "스마트폰")] == [True, True]

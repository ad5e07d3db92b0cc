import pytest

from api.answer.comparison import sides_of
from retriever.analysis import KoreanAnalyzer


@pytest.fixture(scope="module")
def analyzer() -> KoreanAnalyzer:
    return KoreanAnalyzer()


def queries(question: str, analyzer: KoreanAnalyzer) -> list[str]:
    return [side.query for side in sides_of(question, analyzer.tokens(question))]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "한국과 프랑스 낙농가 소득 증가율 비교",
            ["한국 낙농가 소득 증가율", "프랑스 낙농가 소득 증가율"],
        ),
        ("2015년과 2025년 어획량을 비교해줘", ["2015년 어획량", "2025년 어획량"]),
        (
            "어획량은 2015년과 2025년에 어떻게 달라졌나요?",
            ["어획량 2015년", "어획량 2025년"],
        ),
        ("프랑스와 독일의 와인 수출 방식", ["프랑스의 와인 수출 방식", "독일의 와인 수출 방식"]),
        ("AGRI와 K-AGRI 차이", ["AGRI", "K-AGRI"]),
        (
            "제주와 강릉 중 어디가 커피를 더 많이 마시나요?",
            ["제주 커피를 많이 마시나요", "강릉 커피를 많이 마시나요"],
        ),
        ("제주와 강릉 중 방문객이 더 많은 곳은?", ["제주 방문객", "강릉 방문객"]),
        ("어장의 장점과 단점을 비교해줘", ["어장의 장점", "어장의 단점"]),
        (
            "수문 개방 전과 후의 수질 차이",
            ["수문 개방 전의 수질", "수문 개방 후의 수질"],
        ),
        ("프랑스 정부와 민간의 투자 비교", ["프랑스 정부의 투자", "프랑스 민간의 투자"]),
        (
            "한국의 낙농업과 프랑스의 양식 어업은 매출이 어떻게 다른가요?",
            ["한국의 낙농업은 매출", "프랑스의 양식 어업은 매출"],
        ),
        ("K-AGRI는 AGRI와 어떻게 다른가요?", ["K-AGRI", "AGRI"]),
        ("독일의 투자는 프랑스와 뭐가 달라?", ["독일의 투자", "프랑스의 투자"]),
        ("스마트 어장과 양식장 중 뭐가 더 좋아요?", ["스마트 어장 좋아요", "양식장 좋아요"]),
        (
            "강릉에 넣은 투자금하고 2024년 정부의 어업 예산 중 뭐가 더 커?",
            ["강릉에 넣은 투자금 커", "2024년 정부의 어업 예산 커"],
        ),
        (
            "2019년과 2024년 포럼의 주제를 비교하고 싶은데요, 각각 무엇이었나요?",
            ["2019년의 주제를 무엇이었나요", "2024년 포럼의 주제를 무엇이었나요"],
        ),
        ("제주랑 강릉이랑 커피 소비량 비교해줘", ["제주 커피 소비량", "강릉 커피 소비량"]),
        ("독일하고 프랑스하고 어획량 차이", ["독일 어획량", "프랑스 어획량"]),
        ("태양광과 풍력의 발전 단가 비교 부탁드려요", ["태양광의 발전 단가", "풍력의 발전 단가"]),
    ],
)
def test_both_sides_are_asked_the_same_without_the_comparing(
    question: str, expected: list[str], analyzer: KoreanAnalyzer
) -> None:
    assert queries(question, analyzer) == expected


@pytest.mark.parametrize(
    "question",
    [
        "비교적 높은 곳과 낮은 곳은 어디인가요?",
        "프랑스가 어업에 돈을 대는 방식은 다른 나라들과 뭐가 가장 다른가요?",
        "커피와 다른 음료를 함께 파는 곳은 어디인가요?",
        "프랑스와 독일의 협력은 어떻게 다른가요?",
        "프랑스와 독일은 왜 다른가요?",
        "프랑스와 독일의 경기는 몇 대 몇으로 끝났나요?",
        "제주는 강릉과 비교해 방문객이 몇 명인가요?",
        "제주와 강릉",
        "",
    ],
)
def test_what_compares_nothing_is_left_whole(question: str, analyzer: KoreanAnalyzer) -> None:
    assert queries(question, analyzer) == []


def test_what_is_counted_is_asked_for_as_a_figure(analyzer: KoreanAnalyzer) -> None:
    question = "제주와 강릉의 방문객 수 비교"
    first, second = sides_of(question, analyzer.tokens(question))
    assert (first.name, first.query, first.words) == (
        "제주",
        "제주의 방문객 수",
        "제주의 방문객 수 얼마",
    )
    assert second.name == "강릉"

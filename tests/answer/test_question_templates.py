import pytest

from api.answer.question_templates import question_of
from ingest.records import BlockKind, Sentence
from retriever.analysis import KoreanAnalyzer


@pytest.fixture(scope="module")
def analyzer() -> KoreanAnalyzer:
    return KoreanAnalyzer()


def sentence(text: str, kind: BlockKind = BlockKind.BULLET) -> Sentence:
    return Sentence(0, len(text), text, kind, ())


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("미국의 AI 투자액은 약 874억 달러에 이름", "미국의 AI 투자액은 얼마인가요?"),
        ("보스턴의 인구는 약 67만 명이다.", "보스턴의 인구는 몇 명인가요?"),
        ("미국 기업의 AI 도입률은 3.9%에 그침", "미국 기업의 AI 도입률은 몇 퍼센트인가요?"),
        (
            "합성생물학: 박테리아로 유용 물질을 만드는 데 쓰이는 기술",
            "합성생물학은 어떤 기술인가요?",
        ),
        ("(유전체 정밀분석) 변이와 기능을 밝히는 기술", "유전체 정밀분석은 어떤 기술인가요?"),
        ("신테카바이오의 사업 영역은 항암제 분야임.", "신테카바이오의 사업 영역은 무엇인가요?"),
        ("토모큐브는 대전에서 2015년 설립되어 활동함", "토모큐브는 언제 설립됐나요?"),
        (
            "국가 전략을 총괄하는 국가바이오위원회는 2025년 1월 정식 출범하였음",
            "국가바이오위원회는 언제 출범했나요?",
        ),
        ("노태우(盧泰愚[1], 1932년 ~ )는 대한민국의 제13대 대통령이다.", "노태우는 누구인가요?"),
        ("캐나다의 수도는 오타와이다.", "캐나다의 수도는 어디인가요?"),
    ],
)
def test_a_natural_question_is_made(analyzer: KoreanAnalyzer, text: str, question: str) -> None:
    assert question_of(sentence(text), analyzer) == question


@pytest.mark.parametrize(
    "text",
    [
        "이 사업의 목표는 바이오 진단임.",
        "특히 시장은 2030년에 450억 달러에 이를 전망",
        "사업의 목표는 진단임",
        "최근 일본은 후발주자로서 2024년에 대책을 시작함",
        "대전시는 기본계획을 발표하였으며, 이 산업은 주요 산업분야임",
        "(데이터) 공공 데이터 개방이 미흡하여 접근성이 제한됨",
        "신약부문의 경우 이노보테라퓨틱스는 합성신약을 만들고 신테카바이오는 2019년 12월에 상장함",
        "미국의 예산은 꾸준히 늘어남",
        "아프리카의 면적은 육지의 20%를 차지한다.",
        "연구를 이어 감",
    ],
)
def test_no_question_is_better_than_an_awkward_one(analyzer: KoreanAnalyzer, text: str) -> None:
    assert question_of(sentence(text), analyzer) is None


def test_an_aspect_is_asked_of_the_subject_of_an_article(analyzer: KoreanAnalyzer) -> None:
    made = question_of(sentence("원인은 보통 유전적인 돌연변이이다."), analyzer, "종양")
    assert made == "종양의 원인은 무엇인가요?"


def test_table_rows_and_references_are_left_alone(analyzer: KoreanAnalyzer) -> None:
    text = "캐나다의 수도는 오타와이다."
    assert question_of(sentence(text, BlockKind.TABLE_ROW), analyzer) is None
    assert question_of(sentence(text, BlockKind.REFERENCE), analyzer) is None

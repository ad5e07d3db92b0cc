from pathlib import Path

import pytest

from api.answer.corpus_facts import CorpusFacts, DocumentFacts, corpus_facts, shown_title
from api.answer.small_talk import kind_of, reply
from eval.gold_set import read_gold
from retriever.live_index import LiveIndex

GOLD = read_gold(Path(__file__).resolve().parents[2] / "eval" / "gold" / "reports.jsonl")
NOTHING = CorpusFacts(0, ())
TWO = CorpusFacts(
    2,
    (
        DocumentFacts("홍삼 시장 보고서", None, "2024", ("국내 시장", "수출 현황")),
        DocumentFacts("인삼 재배 안내", "농촌청", None, ()),
    ),
    ("홍삼 업체는 몇 곳인가요?",),
)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("greeting", "안녕 | 안녕하세요! | ㅎㅇ | 안녕하세요, 반갑습니다 | Hello"),
        ("thanks", "고마워 | 정말 감사합니다~ | 땡큐 | 수고하셨습니다"),
        ("bye", "안녕히 계세요 | 잘 가 | bye"),
        ("noted", "응 | 알겠습니다 | ㅋㅋㅋ | 오케이"),
        ("who", "너 누구야? | 넌 이름이 뭐야 | 자기소개 해줘 | 너는 뭐 하는 챗봇이야?"),
        ("documents", "어떤 문서가 있어? | 문서 목록 보여줘 | 무슨 자료를 가지고 있어?"),
        ("documents", "어떤 보고서가 있나요? | 어떤 내용이 있어? | 어떤 주제를 다뤄?"),
        ("count", "문서 몇 개야? | 보고서는 총 몇 건인가요? | 문서가 몇 개 있어?"),
        ("help", "뭘 물어볼 수 있어? | 무엇을 물어볼 수 있나요? | 사용법 | 예시 질문 알려줘"),
        ("help", "뭐 할 수 있어? | 어떻게 써? | 도움말 | 안녕하세요, 뭘 물어볼 수 있어요?"),
        ("object", "요약해줘 | 번역해줘 | 질문 있어요"),
        ("chat", "심심해 | 농담 하나 해줘"),
        ("sorry", "틀렸어 | 그게 아니야"),
    ],
)
def test_small_talk_is_told(kind: str, said: str) -> None:
    assert {kind_of(words) for words in said.split(" | ")} == {kind}


@pytest.mark.parametrize(
    "question",
    [
        "안녕 보고서에서 뭐라고 해?",
        "안녕하세요, 토모큐브는 언제 설립됐나요?",
        "어떤 기업이 있어?",
        "대전에는 어떤 문서 산업이 있어?",
        "AI로 뭘 할 수 있어?",
        "바이오 기업은 몇 개야?",
        "문서에서 AI는 몇 번 나와?",
        "누구를 위한 사업이야?",
        "감사 결과는 어때?",
        "보고서 저자는 누구인가요?",
        "대전 요약해줘",
        "알파폴드 사용법",
        "어떤 보고서가 OECD에서 나왔어?",
        "왜?",
        "더 자세히",
        "신테카바이오는?",
        "하이닉스",
        "네이버",
        "예산",
        "?",
    ],
)
def test_questions_about_the_documents_are_none(question: str) -> None:
    assert kind_of(question) is None
    assert reply(question, lambda: TWO) is None


def test_no_question_of_the_gold_set_is_small_talk() -> None:
    assert [gold.id for gold in GOLD if kind_of(gold.question)] == []


def test_a_reply_names_what_can_be_asked() -> None:
    said = reply("뭘 물어볼 수 있어?", lambda: TWO)
    assert said is not None
    assert "문서 2건" in said.text
    assert "국내 시장" in said.text
    assert "인삼 재배 안내" in said.text
    assert said.suggestions == ("홍삼 업체는 몇 곳인가요?",)


def test_the_documents_are_listed_with_their_years() -> None:
    said = reply("어떤 문서가 있어?", lambda: TWO)
    assert said is not None
    assert said.text == (
        "문서 2건을 찾아볼 수 있습니다.\n- 홍삼 시장 보고서 (2024)\n- 인삼 재배 안내"
    )


def test_a_big_corpus_is_counted() -> None:
    said = reply("문서 몇 개야?", lambda: CorpusFacts(1488, TWO.documents))
    assert said is not None
    assert "1,488건" in said.text
    assert "그 밖에 1,486건" in said.text


@pytest.mark.parametrize("question", ["안녕", "어떤 문서가 있어?"])
def test_an_empty_corpus_says_what_to_do(question: str) -> None:
    said = reply(question, lambda: NOTHING)
    assert said is not None
    assert "geungeo ingest" in said.text


def test_the_facts_are_those_of_the_index(corpus_index: LiveIndex) -> None:
    facts = corpus_facts(corpus_index.current().store)
    assert facts.total == 2
    titles = [document.title for document in facts.documents]
    assert "디지털 전환기 대전 바이오산업의 변화와 도약" in titles
    topics = [topic for document in facts.documents for topic in document.topics]
    assert "대전 바이오산업의 현황과 발전방향" in topics
    assert not set(titles) & set(topics)


def test_a_title_cannot_pass_for_a_citation() -> None:
    assert shown_title("보고서 [1]\n둘째 줄") == "보고서 둘째 줄"
    assert len(shown_title("가" * 500)) == 80
    assert shown_title("보고서 (재서술본)") == "보고서"

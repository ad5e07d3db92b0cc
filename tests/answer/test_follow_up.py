from collections.abc import Sequence

import pytest

from api.answer.answerer import Answerer
from api.answer.follow_up import MAX_TURNS, resolve, rewrite
from api.answer.records import Turn
from retriever.analysis import KoreanAnalyzer
from retriever.live_index import LiveIndex


def turns(*questions: str) -> list[Turn]:
    return [turn for q in questions for turn in (Turn("user", q), Turn("assistant", "네."))]


def said(question: str, answer: str) -> list[Turn]:
    return [Turn("user", question), Turn("assistant", answer)]


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("그 기술은 누가 개발했나요?", "알파폴드"),
        ("그건 언제 나왔어?", "알파폴드"),
        ("그걸 쓰면 뭐가 좋아?", "알파폴드"),
        ("거기에는 무엇이 들어가나요?", "알파폴드"),
        ("그럼 왜 중요한가요?", "알파폴드"),
        ("왜?", "알파폴드"),
        ("그 이유는?", "알파폴드"),
        ("언제?", "알파폴드"),
        ("언제 시작했어?", "알파폴드"),
        ("더 자세히 알려줘", "알파폴드"),
        ("예를 들면?", "알파폴드"),
        ("한국도 거기 참여하나요?", "알파폴드"),
        ("나머지 사람들은 왜 안 쓴대?", "알파폴드"),
        ("그건 됐고 비용은 얼마래?", "알파폴드"),
        ("목표가 몇 건인데요?", "알파폴드"),
        ("2015년이랑 비교하면?", "알파폴드"),
        ("원래는 얼마나 걸렸는데?", "알파폴드"),
    ],
)
def test_a_question_that_points_back_gets_its_topic(
    analyzer: KoreanAnalyzer, question: str, topic: str
) -> None:
    assert topic in rewrite(question, turns("알파폴드는 무엇인가요?"), analyzer)


@pytest.mark.parametrize(
    "question",
    [
        "일본 정부의 2022년 AI 예산은 얼마인가요?",
        "이 보고서 저자는 누구인가요?",
        "첫 번째 월드컵이 열린 나라는 어디인가요?",
        "그 중국에서 나온 가성비 챗봇 있잖아, 미국 것과 맞먹는다던. 이름이 뭐였지?",
        "다른 회사들이 개발한 배양육 기술은 무엇인가요?",
        "이 병원 저 병원 다른 판독 결과는 어떻게 되나요?",
        "중소기업의 강점은?",
    ],
)
def test_a_whole_question_is_left_alone(analyzer: KoreanAnalyzer, question: str) -> None:
    resolution = resolve(question, turns("알파폴드는 무엇인가요?"), analyzer)
    assert (resolution.question, resolution.method) == (question, "as_is")
    assert resolution.changed_topic


@pytest.mark.parametrize("lead", ["다른 얘긴데, ", "그건 그렇고 ", "화제를 바꿔서 ", "아 참, "])
def test_a_change_of_subject_is_taken_at_its_word(analyzer: KoreanAnalyzer, lead: str) -> None:
    resolution = resolve(f"{lead}비용은?", turns("알파폴드는 무엇인가요?"), analyzer)
    assert (resolution.question, resolution.changed_topic) == ("비용은?", True)


def test_without_history_nothing_changes(analyzer: KoreanAnalyzer) -> None:
    assert rewrite("그건 왜 그래?", [], analyzer) == "그건 왜 그래?"
    assert rewrite("그건 왜 그래?", [Turn("assistant", "안녕하세요.")], analyzer) == "그건 왜 그래?"


def test_the_topic_is_found_behind_other_follow_ups(analyzer: KoreanAnalyzer) -> None:
    history = turns("배양육은 무엇인가요?", "그건 어떻게 만드나요?", "언제 시작했어?")
    assert "배양육" in rewrite("그럼 얼마나 걸려?", history, analyzer)


@pytest.mark.parametrize(
    ("first", "question", "whole"),
    [
        ("토모큐브는 언제 설립됐나요?", "신테카바이오는?", "신테카바이오는 언제 설립됐나요?"),
        ("신테카바이오가 뭐야?", "토모큐브는요?", "토모큐브가 뭐야?"),
        ("일본의 예산은?", "미국은?", "미국의 예산은?"),
        ("국내 활용 비중은?", "미국은?", "미국 활용 비중은?"),
        ("정보통신업은 몇 %야?", "제조업은?", "제조업은 몇 %야?"),
        ("2022년 예산은 얼마야?", "2023년에는?", "2023년 예산은 얼마야?"),
        ("예산은 얼마야?", "2023년에는?", "2023년 예산은 얼마야?"),
        ("2022년 예산은 얼마야?", "그 전해에는?", "2021년 예산은 얼마야?"),
        ("2022년 예산은 얼마야?", "이듬해는?", "2023년 예산은 얼마야?"),
        ("2022년 예산은 얼마야?", "그럼 작년에는?", "2025년 예산은 얼마야?"),
    ],
)
def test_another_thing_or_year_takes_the_place_of_its_like(
    analyzer: KoreanAnalyzer, first: str, question: str, whole: str
) -> None:
    resolution = resolve(question, turns(first), analyzer, this_year=2026)
    assert (resolution.question, resolution.method) == (whole, "substitution")
    assert resolution.asked == whole


def test_what_is_asked_of_the_topic_does_not_replace_it(analyzer: KoreanAnalyzer) -> None:
    assert "배양육" in rewrite("비용은?", turns("배양육은 무엇인가요?"), analyzer)


@pytest.mark.parametrize(
    ("answer", "question", "item"),
    [
        ("이노보테라퓨틱스와 신테카바이오가 있습니다. [1]", "두 번째는?", "신테카바이오"),
        ("이노보테라퓨틱스와 신테카바이오가 있습니다. [1]", "뒤에 말한 회사는?", "신테카바이오"),
        ("이노보테라퓨틱스와 신테카바이오가 있습니다. [1]", "전자는?", "이노보테라퓨틱스"),
        ("핵심은 ① 디지털화, ② 플랫폼화, ③ 전략기술화입니다. [1]", "세 번째는?", "전략기술화"),
        ("(하나) 홍삼 [1]\n(둘) 인삼 [2]\n(셋) 산삼 [3]", "마지막 것은 뭐야?", "산삼"),
        ("- 홍삼\n- 인삼", "첫 번째를 설명해줘", "홍삼"),
        (
            "다음입니다.\n- 홍삼: 찐 것 [1]\n- 산삼: 캔 것 [2]",
            "두 번째 거 설명해줘",
            "산삼",
        ),
    ],
)
def test_a_counted_item_of_the_last_answer_is_meant(
    analyzer: KoreanAnalyzer, answer: str, question: str, item: str
) -> None:
    resolution = resolve(question, said("대전 회사를 알려줘", answer), analyzer)
    assert resolution.method == "item"
    assert item in resolution.question
    assert not any(other in resolution.question for other in ("인삼", "디지털화") if other != item)


def test_an_item_that_was_not_listed_is_not_made_up(analyzer: KoreanAnalyzer) -> None:
    resolution = resolve("다섯 번째는?", said("대전 회사는?", "홍삼과 인삼이 있습니다."), analyzer)
    assert resolution.method == "topic"
    assert "대전 회사" in resolution.question


def test_a_name_in_the_last_answer_is_pointed_at(analyzer: KoreanAnalyzer) -> None:
    history = said("대전에서 현미경을 만드는 회사는 어디야?", "토모큐브입니다. [1]")
    assert "토모큐브" in rewrite("거기는 언제 세워졌어?", history, analyzer)


def test_a_name_that_was_asked_for_takes_the_place_of_the_asking(
    analyzer: KoreanAnalyzer,
) -> None:
    history = said("박테리아로 물질을 만드는 기술이 뭐야?", "합성생물학입니다. [1]")
    question = "그거 키우려고 뭘 짓는대?"
    assert rewrite(question, history, analyzer) == "합성생물학 키우려고 뭘 짓는대?"
    assert "박테리아" in rewrite("그렇게 하면 뭐가 좋아?", history, analyzer)


def test_the_topic_is_kept_through_a_question_that_was_understood_from_it(
    analyzer: KoreanAnalyzer,
) -> None:
    first = said("미국 중소기업의 AI 도입률은?", "3.9%입니다.")
    narrowed = [*first, *said("제조업만 보면?", "미국 제조업은 2.8%입니다.")]
    assert "미국 중소기업" in rewrite("이유는?", narrowed, analyzer)
    left = [*first, *said("배양육은 왜 만들어?", f"배양육은 {'세포를 길러 ' * 8}얻습니다.")]
    assert "미국" not in rewrite("이유는?", left, analyzer)


def test_thanks_in_between_do_not_hide_the_topic(analyzer: KoreanAnalyzer) -> None:
    history = [*turns("토모큐브는 언제 설립됐나요?"), *turns("고마워요")]
    assert rewrite("신테카바이오는?", history, analyzer) == "신테카바이오는 언제 설립됐나요?"


def test_what_was_said_is_not_to_be_said_again(analyzer: KoreanAnalyzer) -> None:
    history = said("합성생물학이 뭐야?", "유용 물질을 만드는 기술입니다. [1]")
    resolution = resolve("더 자세히", history, analyzer)
    assert resolution.said == "유용 물질을 만드는 기술입니다."


def test_after_a_connective_a_question_with_its_own_subject_is_complete(
    analyzer: KoreanAnalyzer,
) -> None:
    history = turns("국가인공지능위원회는 언제 출범했나요?")
    question = "그럼 국가바이오위원회는 언제 출범했나요?"
    assert rewrite(question, history, analyzer) == "국가바이오위원회는 언제 출범했나요?"


@pytest.mark.parametrize("turns_before", [1, 300])
def test_a_long_history_is_bounded(analyzer: KoreanAnalyzer, turns_before: int) -> None:
    history = [*turns(*["알파폴드는 무엇인가요?"] * turns_before), *turns(*["비용은?"] * MAX_TURNS)]
    resolution = resolve("언제?", history, analyzer)
    assert "알파폴드" not in resolution.question
    assert len(resolution.question) < 100


def resolved(index: LiveIndex, question: str, history: Sequence[Turn]) -> str:
    retriever = index.current()
    return resolve(question, history, retriever.analyzer, retriever.search).question


@pytest.mark.parametrize(
    ("first", "question", "topic"),
    [
        ("K-MELLODDY가 뭐야?", "어느 부처가 하는 거야?", "K-MELLODDY"),
        ("AI 바이오 확산전략은 언제 발표됐어?", "누가 주재한 회의였어?", "확산전략"),
        ("국가바이오위원회가 내건 구호가 뭐예요?", "정식으로 문을 연 건 언제죠?", "국가바이오"),
    ],
)
def test_a_question_that_says_little_is_completed_where_that_is_answered_more_surely(
    corpus_index: LiveIndex, first: str, question: str, topic: str
) -> None:
    assert topic in resolved(corpus_index, question, turns(first))


@pytest.mark.parametrize(
    "question",
    [
        "대전의 석박사급 인력은 몇 명이야?",
        "토모큐브는 몇 년에 상장했나요?",
        "김치찌개 맛있게 끓이는 법 좀 알려 주세요.",
        "2024년 국내 AI 바이오 R&D 투자규모는?",
        "노벨상은 누가 받았어?",
        "가명처리가 왜 필요해?",
        "날씨 어때?",
    ],
)
def test_a_new_question_gets_no_old_words(corpus_index: LiveIndex, question: str) -> None:
    history = said("일본의 AI 연구 거점은 어디인가요?", "AIRC, AIP, NICT입니다. [1]")
    assert resolved(corpus_index, question, history) == question


def test_the_answer_rests_on_what_the_follow_up_means(answerer: Answerer) -> None:
    history = said("2022년 국내 전체 기업의 인공지능 활용 비중은?", "2022년에 4.5%입니다. [1]")
    answer = answerer.answer("2023년에는?", history=history)
    assert "6.3%" in answer.text
    assert "2023년" in answer.rewritten_question


def test_who_made_it_is_asked_of_what_was_spoken_of(answerer: Answerer) -> None:
    answer = answerer.answer("누가 만들었어?", history=turns("알파폴드가 뭐야?"))
    assert (answer.kind, "딥마인드" in answer.text) == ("answer", True)
    assert answerer.answer("누가 만들었어?").kind == "small_talk"
    assert answerer.answer("너 누구야?", history=turns("알파폴드가 뭐야?")).kind == "small_talk"

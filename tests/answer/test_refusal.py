"""What a refusal is decided by, and what it says."""

import math
from dataclasses import replace

import pytest

from api.answer.answerer import Answerer
from api.answer.asked_value import asks_for_person, holds_asked_value
from api.answer.attribute import attributes_in
from api.answer.entity_agreement import bodies_in, lacks_body, lacks_place, places_in
from api.answer.premise import WrongYear, wrong_year
from api.answer.refusal import CALIBRATION, judge
from api.answer.refusal_features import Evidence, Features, evidence
from api.answer.refusal_text import missing_words
from api.answer.years import years_in
from retriever.live_index import LiveIndex
from retriever.word_roles import WordRoles


@pytest.mark.parametrize(
    ("question", "text", "holds"),
    [
        ("응답자는 몇 명인가요?", "설문에는 383명이 답함", True),
        ("응답자는 몇 명인가요?", "과제는 모두 846건임", False),
        ("과제 846건 가운데 대학이 맡은 것은 몇 건인가요?", "지원 과제는 총 846건임", False),
        ("도입률은 몇 %인가요?", "중소기업의 도입률은 3.9%에 그침", True),
        ("총예산은 얼마인가요?", "2019년에 36건을 지원함", False),
        ("총예산은 얼마인가요?", "정부는 220억 원을 지원함", True),
        ("언제 상장했나요?", "코스닥에 상장한 기업임", False),
        ("언제 상장했나요?", "2019년 12월 코스닥에 상장함", True),
        ("정밀의료란 무엇인가요?", "맞춤형 진단을 구현하는 의료임", None),
        # An amount of money is no date; a day needs a day.
        ("센터는 언제 문을 열었나요?", "센터를 짓는 데 4,300억 원을 들임", False),
        ("생명은 언제 생겼나요?", "지금부터 약 38억 년 전으로 여겨짐", True),
        ("몇 월 며칠에 열렸나요?", "2025년 4월에 열림", False),
        ("몇 월 며칠에 열렸나요?", "2025년 4월 23일에 열림", True),
        # Money asked for without 얼마, and in another language.
        ("토모큐브 시가총액", "2015년 설립된 현미경 기업임", False),
        ("이 사업 budget은 how much?", "정부가 20억 유로를 들임", True),
        # A firm or the year of its founding tells no founder.
        ("이 회사의 창업자는 누구인가요?", "2015년 설립된 현미경 전문 기업임", False),
        ("이 회사를 세운 사람은?", "김은영은 2015년에 회사를 세움", True),
        ("이 회사를 세운 사람은?", "제인 도(1955년 10월 28일 ~ )는 기업인이다", True),
        # Words that only look like a surname and a given name, and a firm.
        ("이 회사의 대표는 누구야?", "최근에는 성공률이 낮음", False),
        ("이 회사의 대표는 누구야?", "Insilico Medicine은 기간을 줄임", False),
        # Money and time that things take, and by how much something grew.
        ("개발에 얼마가 들었나요?", "며칠 만에 3차원 구조를 예측함", False),
        ("개발에 얼마가 들었나요?", "개발비는 200억 원임", True),
        ("예측하는 데 며칠이나 걸리나요?", "36건을 지원함", False),
        ("예측하는 데 며칠이나 걸리나요?", "수년이 걸리던 것을 며칠 만에 해냄", True),
        ("도입률은 얼마나 올랐나요?", "도입률은 5.0%임", False),
        ("도입률은 얼마나 올랐나요?", "도입률은 전년보다 5.0% 증가함", True),
        ("위원 수가 어떻게 되나요?", "위원장은 대통령이며 2024년 9월 출범함", False),
        ("위원 수가 어떻게 되나요?", "위원은 45명임", True),
        ("후보물질은 임상 몇 상인가요?", "비임상시험을 21일 만에 마침", False),
        ("후보물질은 임상 몇 상인가요?", "임상 2상에 들어감", True),
        ("세계 몇 위인가요?", "2030년까지 세계 1위를 이룸", True),
        ("대국은 몇 대 몇으로 끝났나요?", "2016년에 대국함", False),
        ("대국은 몇 대 몇으로 끝났나요?", "4대 1로 이김", True),
        ("founder가 누구야?", "Jane Doe가 2015년에 설립함", True),
        ("센터는 어느 동네에 있어?", "생산센터에 4,300억 원을 들임", False),
        ("센터는 어느 동네에 있어?", "생산센터를 둔곡지구에 지음", True),
    ],
)
def test_a_value_of_the_kind_asked_for_is_told(
    question: str, text: str, holds: bool | None
) -> None:
    assert holds_asked_value(question, text) is holds


def test_a_place_that_the_question_names_is_not_the_one_it_asks_for() -> None:
    question = "공장은 미국 어느 주에 지어지나요?"
    assert holds_asked_value(question, "미국에 공장을 지음") is False
    assert holds_asked_value(question, "일본에 공장을 지음") is True


def test_a_decade_counts_with_all_its_years() -> None:
    assert years_in("1990년대에 발표함") == frozenset(range(1990, 2000))


def test_what_dates_the_question_is_not_the_fact_it_asks_for() -> None:
    assert not attributes_in("이 서비스가 출시된 해에 정부는 무엇을 했나요?")
    assert attributes_in("이 서비스는 언제 출시되었나요?")


def test_who_asks_for_a_person() -> None:
    assert asks_for_person("이 조사는 누가 했나요?")
    assert not asks_for_person("이 회사는 언제 생겼나요?")


def test_a_price_is_spoken_of_in_other_words() -> None:
    (price,) = attributes_in("구독료는 얼마인가요?")
    assert price.spoken.search("한 달 이용 비용은 2만 원임")
    assert not price.spoken.search("구름 위에서 도는 서비스를 제공함")


@pytest.mark.parametrize(
    ("question", "spoken", "silent"),
    [
        ("토모큐브 대표는 누구야?", "대표는 김근거임", "알파폴드가 대표적 사례임"),
        ("센터는 언제 완공되나요?", "2025년에 문을 열 계획임", "생산센터를 둔곡지구에 착공함"),
        (
            "이 사업은 어느 부처가 하나요?",
            "복지부와 과기정통부가 함께 시작함",
            "일부 기업이 BioM을 따름",
        ),
        (
            "이 사업은 어느 부처가 하나요?",
            "미국에서는 DARPA가 이끎",
            "내부 자료를 처음으로 정부가 모음",
        ),
        ("이 사업의 budget은?", "955억 유로를 투입함", "연합학습 기술을 활용함"),
        ("사업의 책임자가 궁금해요", "김근거 단장이 이끎", "연합학습 기술을 활용함"),
        ("가게는 몇 시에 여나요?", "오전에 영업을 시작함", "시장 개척에 나섬"),
    ],
)
def test_kinds_of_fact_that_sound_alike_are_told_apart(
    question: str, spoken: str, silent: str
) -> None:
    (asked,) = attributes_in(question)
    assert asked.spoken.search(spoken)
    assert not asked.spoken.search(silent)


@pytest.mark.parametrize(
    "question",
    [
        # Other languages, paraphrase without the document's words, slips, keywords alone.
        "Japan 정부 AI budget 2022 기준 얼마?",
        "중국이 나라 전체에 깔겠다는 계산 시설에 들어가는 돈은 얼마인가요?",
        "토모큐부 설립 몇년인가요",
        "병원끼리 자료가 안 통하는 건 결국 누가 자기 것이라고 여기기 때문인가요?",
        "유전자 치료제 모달리티",
    ],
)
def test_a_question_in_unusual_words_is_not_refused(answerer: Answerer, question: str) -> None:
    assert answerer.answer(question).answerable


@pytest.mark.parametrize(
    "question",
    [
        "토모큐브를 세운 사람은 누구인가요?",
        "머크 바이오프로세싱 센터는 언제 완공되나요?",
        "신테카바이오 임상 3상 결과",
        "딥시크 parameter size가 몇이야?",
        "Syntekabio revenue 얼마야?",
        "국가바이오위원회 부위원장은 누가 맡았어요?",
        "오픈AI의 대표는 누구인가요?",
        "삼성전자는 바이오 분야에서 인공지능을 어떻게 활용하고 있나요?",
        "구글이 딥마인드를 사들일 때 얼마를 냈어요?",
        "K-BDS에는 현재 데이터가 몇 건 등록돼 있나요?",
        "알파고는 이세돌을 몇 대 몇으로 이겼나요?",
        "인실리코 메디슨의 후보물질은 임상 몇 상까지 갔나요?",
        "BioMADE는 미국 어느 부처가 만들었나요?",
        "6G가 뭐예요?",
        "5G랑 LTE는 뭐가 달라?",
    ],
)
def test_a_fact_that_the_documents_do_not_tell_of_a_name_they_know_is_refused(
    answerer: Answerer, question: str
) -> None:
    assert not answerer.answer(question).answerable


def test_what_is_missing_is_named_as_the_question_writes_it(answerer: Answerer) -> None:
    assert "'6G'에 관한 내용은" in answerer.answer("6G가 뭐예요?").text
    assert "'CO2'" in answerer.answer("CO2 배출량은 얼마인가요?").text


@pytest.mark.parametrize(
    "question",
    [
        "머크가 대전 생산센터를 지을 때 얼마를 냈어요?",
        "K-BDS에는 2035년까지 데이터를 몇 건 모을 계획인가요?",
        "우리나라 금융보험업의 AI 활용률은 얼마나 되나요?",
        "인실리코 메디슨은 후보물질을 찾는 데 며칠까지 줄였나요?",
        "K-MELLODDY를 추진하는 부처는?",
        "단백질의 3D 구조를 예측하는 것은?",
    ],
)
def test_a_fact_that_they_do_tell_is_not_refused_for_sounding_like_one_of_those(
    answerer: Answerer, question: str
) -> None:
    assert answerer.answer(question).answerable


def test_a_word_with_few_other_names_is_missed_where_the_corpus_holds_it_elsewhere(
    corpus_index: LiveIndex,
) -> None:
    def lacks_term(question: str) -> float:
        found = _evidence(corpus_index, question)
        founded = next(one for one in found if "2015년 설립된 토모큐브" in one.sentence.text)
        return founded.features.lacks_term

    assert 0.2 < lacks_term("토모큐브는 코스닥에 언제 상장했나요?") < 1
    assert lacks_term("토모큐브는 언제 설립되었나요?") == 0
    # That a word is unknown to the corpus says less: the question may be in other words.
    assert lacks_term("토모큐브는 나스닥에 언제 상장했나요?") == 0


def test_of_several_things_none_is_missed_that_any_sentence_tells(
    corpus_index: LiveIndex,
) -> None:
    both = _evidence(
        corpus_index, "신테카바이오가 코스닥에 상장한 해와, 토모큐브가 세워진 해를 알려 주세요."
    )
    assert {one.features.lacks_term for one in both} == {0.0}


def test_words_that_meet_no_text_are_counted(corpus_index: LiveIndex) -> None:
    foreign = _evidence(corpus_index, "배양육의 umami terroir bouquet가 뭐예요?")[0].features
    assert foreign.foreign == pytest.approx(3 / 8)


def test_words_that_the_corpus_lacks_are_told_from_those_it_writes_otherwise(
    corpus_index: LiveIndex,
) -> None:
    def lacking(question: str) -> tuple[float, float, float]:
        features = _evidence(corpus_index, question)[0].features
        return features.reworded, features.not_there, features.strange

    # The corpus writes 가격 for 값, nothing else for 세금, and who knows what for 떡볶이.
    assert lacking("AI 장비의 값은 얼마인가요?") == (1 / 8, 0, 0)
    assert lacking("AI 장비의 세금은 얼마인가요?") == (0, 1 / 8, 0)
    assert lacking("AI 장비의 떡볶이는 얼마인가요?") == (0, 0, 1 / 8)


def test_a_name_that_the_corpus_does_not_hold_is_told_from_one_it_writes_otherwise(
    corpus_index: LiveIndex,
) -> None:
    absent = {
        question: max(one.features.absent_name for one in _evidence(corpus_index, question))
        for question in (
            "삼성전자는 바이오 분야에서 무엇을 하나요?",
            "인실리코 메디슨은 무엇을 단축했나요?",
            "도쿄 정부는 인공지능에 얼마를 쓰나요?",
        )
    }
    assert list(map(bool, absent.values())) == [True, False, False], absent


def test_each_of_several_things_may_stand_in_another_sentence(corpus_index: LiveIndex) -> None:
    found = _evidence(
        corpus_index, "신테카바이오는 언제 코스닥에 상장했고, 토모큐브는 언제 설립되었나요?"
    )
    assert len({one.features.weakest for one in found}) == 1
    single = _evidence(corpus_index, "신테카바이오는 언제 코스닥에 상장했나요?")
    assert len({one.features.weakest for one in single}) > 1


def test_places_and_bodies_of_a_question_are_looked_for() -> None:
    assert places_in("대구시의 계획은?", ()) == {"대구"}
    assert places_in("영국의 도입률은?", ("영국",)) == {"영국"}
    assert lacks_place({"영국"}, "미국 중소기업의 도입률")
    assert not lacks_place({"미국"}, "u.s. economy")
    assert bodies_in("국가양자위원회의 표어는?") == {"국가양자위원회"}
    assert lacks_body({"국가양자위원회"}, "국가바이오위원회와 국가인공지능위원회")
    assert not lacks_body({"국가바이오위원회"}, "국가 바이오위원회가 출범함")


ROLES = WordRoles(names=("신테카바이오",), predicates=("상장",))


@pytest.mark.parametrize(
    ("question", "sentence", "found"),
    [
        (
            "2020년에 상장한 신테카바이오의 사업은?",
            "신테카바이오는 2019년 12월 코스닥에 상장함",
            WrongYear(2020, 2019),
        ),
        # The same year; another name; two years; a year that dates something else.
        ("2019년에 상장한 신테카바이오의 사업은?", "신테카바이오는 2019년 12월 상장함", None),
        ("2020년에 상장한 신테카바이오의 사업은?", "토모큐브는 2019년에 상장함", None),
        ("2020년에 상장한 신테카바이오의 사업은?", "신테카바이오는 2019년과 2021년에 상장함", None),
        ("상장한 신테카바이오의 2020년 매출은?", "신테카바이오는 2019년 12월 상장함", None),
    ],
)
def test_only_a_plain_contradiction_is_a_false_premise(
    question: str, sentence: str, found: WrongYear | None
) -> None:
    assert wrong_year(question, ROLES, sentence) == found


def _evidence(answerer_index: LiveIndex, question: str) -> list[Evidence]:
    return evidence(question, answerer_index.current().search(question))


def test_the_probability_is_that_of_the_most_promising_sentence(corpus_index: LiveIndex) -> None:
    found = _evidence(corpus_index, "신테카바이오는 언제 코스닥에 상장했나요?")
    whole = judge(found)
    assert whole.probability == pytest.approx(max(judge([one]).probability for one in found))
    assert whole.probability > CALIBRATION.threshold
    assert whole.nearest is not None
    assert "상장" in whole.nearest.sentence.text
    assert judge([]).probability == 0


def test_the_probability_is_the_logistic_of_the_weighted_features(corpus_index: LiveIndex) -> None:
    one = _evidence(corpus_index, "신테카바이오는 언제 코스닥에 상장했나요?")[0]
    zeros = Features(*[0.0] * len(Features.__slots__))
    only = replace(CALIBRATION, weights=replace(zeros, similarity=2.0), bias=-1.0)
    expected = 1 / (1 + math.exp(-(2.0 * one.features.similarity - 1.0)))
    assert judge([one], only).probability == pytest.approx(expected)


def test_a_missing_value_a_place_and_a_request_are_told(corpus_index: LiveIndex) -> None:
    asked = {
        "lacks_place": "캐나다의 인공지능 연구개발 예산은 얼마인가요?",
        "request": "우리 회사 소개 글을 써 주세요.",
        "lacks_attribute": "토모큐브의 부지 면적은 얼마인가요?",
        "other_year": "2011년 국내 전체 기업의 인공지능 활용 비중은 얼마였나요?",
    }
    for feature, question in asked.items():
        verdict = judge(_evidence(corpus_index, question))
        assert verdict.nearest is not None
        assert getattr(verdict.nearest.features, feature) == 1, question


@pytest.mark.parametrize(
    ("question", "reason", "said"),
    [
        ("신테카바이오의 공모가는 얼마였나요?", "not_in_corpus", "'공모가'"),
        ("2011년 국내 전체 기업의 AI 활용 비중은 몇 %인가요?", "other_year", "2022년, 2023년"),
        ("김해시의 바이오 연구기관은 몇 개인가요?", "unknown_name", "'김해"),
        ("2021년에 상장한 신테카바이오는 어떤 회사인가요?", "false_premise", "문서에는 2019년"),
        ("우리 회사 소개 글을 써 주세요.", "off_topic", "글쓰기"),
    ],
)
def test_a_refusal_says_what_is_missing(
    answerer: Answerer, question: str, reason: str, said: str
) -> None:
    answer = answerer.answer(question)
    assert (answer.answerable, answer.refusal_reason, answer.kind) == (False, reason, "refusal")
    assert said in answer.text
    assert len(answer.text.split("\n관련 내용: ")[0]) < 120


def test_a_refusal_offers_what_is_near_as_related(answerer: Answerer) -> None:
    answer = answerer.answer("신테카바이오의 공모가는 얼마였나요?")
    assert answer.citations
    assert all(citation.related for citation in answer.citations)
    assert "신테카바이오" in answer.citations[0].quote or "상장" in answer.citations[0].quote
    told = answer.sentences[1]
    assert told.markers == (1,)
    assert f"관련 내용: {told.text} [1]" in answer.text
    assert told.text in answer.citations[0].passage


def test_an_answer_is_not_marked_as_related(answerer: Answerer) -> None:
    answer = answerer.answer("신테카바이오는 언제 코스닥에 상장했나요?")
    assert answer.answerable
    assert answer.citations
    assert not any(citation.related for citation in answer.citations)


def test_nothing_near_means_nothing_offered(answerer: Answerer) -> None:
    answer = answerer.answer("김치찌개는 몇 분 끓이나요?")
    assert not answer.answerable
    assert "관련 내용" not in answer.text
    assert not answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "농악 대회에 필요한 세 가지를 정리해 주세요",
        "떡볶이를 만드는 데 필요한 것은?",
        "수도권 급행철도(GTX) B노선의 정차역 3곳",
        "쇼팽 발라드 4번은 어느 조성이에요?",
    ],
)
def test_what_the_corpus_has_no_word_of_is_refused(question: str, answerer: Answerer) -> None:
    assert not answerer.answer(question).answerable


def test_a_refusal_names_no_word_of_asking(answerer: Answerer) -> None:
    answer = answerer.answer("삼바 축제에 필요한 다섯 가지를 나열해 주세요")
    assert not answer.answerable
    assert "삼바" in answer.text
    assert "나열" not in answer.text


def test_words_shown_beside_a_refusal_are_missed_only_where_no_others_are(
    corpus_index: LiveIndex,
) -> None:
    question = "머크가 알파고 대국에 들인 예산은 얼마인가요?"
    result = corpus_index.current().search(question)
    best = judge(evidence(question, result)).nearest
    missed = missing_words(result, best)
    assert len(missed) > 1
    assert missing_words(result, best, missed[:1]) == missed[1:]
    assert missing_words(result, best, missed) == missed

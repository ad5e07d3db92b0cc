"""Sentences that keep the meaning pass; whatever is invented does not."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.answer.grounding.grounder import Grounder
from tests.answer.grounding.conftest import Sources, made

ALL = (1, 2, 3)


@pytest.mark.parametrize(
    "text",
    [
        "대전의 바이오 기업은 612개입니다.",
        "종사자는 543명으로 조사되었습니다.",
        "2023년 국내 기업의 인공지능 도입률은 6.3퍼센트입니다.",
        "국내 기업의 AI 도입률은 '22년 4.5%, '23년 6.3%로 늘었습니다.",
        "정부는 첨단바이오에 4천300억원을 투자할 계획입니다.",
        "정부는 첨단바이오에 0.43조 원을 투자할 계획입니다.",
        "참여 인원은 26,000명입니다.",
        "만족한다는 응답이 70% 이상입니다.",
        "중소기업은 아직 자율랩을 도입하지 못했습니다.",
        "대전시는 2024.3.5. 「바이오 혁신계획」을 발표했습니다.",
        "신테카바이오는 NGS를 활용합니다.",
        "신테카바이오는 차세대 염기서열 분석을 활용합니다.",
        "수출은 전년보다 9.1%p 증가했고, 수입은 감소했습니다.",
        "예산은 단계에 따라 10~20% 감소할 전망입니다.",
        "기업은 3곳의 단지에 나뉘어 있습니다.",
        "신약 개발의 예산은 120억 원입니다.",
        "의료기기 사업의 기관 수는 9개입니다.",
        "연구소 기업 295개와 연구기관 45개가 모여 있습니다.",
    ],
)
def test_a_faithful_sentence_passes(text: str, grounder: Grounder, sources: Sources) -> None:
    verdict = grounder.check(text, ALL, sources)
    assert verdict.supported, verdict.problems
    assert all(q in sources[m].passage.sentences for m, q in verdict.quotes)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("대전의 바이오 기업은 613개입니다.", "figure_missing"),
        ("대전의 바이오 기업은 543개이며, 종사자는 612명입니다.", "figure_unit"),
        ("대전의 바이오 기업은 612만 개입니다.", "figure_missing"),
        ("국내 기업의 인공지능 도입률은 2022년 6.3%, 2023년 4.5%입니다.", "figure_of_other"),
        ("2022년 국내 기업의 인공지능 도입률은 6.3%입니다.", "figure_of_other"),
        ("대기업의 인공지능 도입률은 2023년 6.3%입니다.", "figure_of_other"),
        ("연구기관 295개, 연구소 기업 45개가 모여 있습니다.", "figure_of_other"),
        ("정부는 첨단바이오에 4,300억 달러를 투자할 계획입니다.", "figure_unit"),
        ("정부는 첨단바이오에 4,300억 원을 투자했습니다.", "certainty"),
        ("만족한다는 응답이 70% 미만입니다.", "figure_bound"),
        ("참여 인원은 2.6만 개입니다.", "figure_unit"),
        ("참여 인원은 삼만 명입니다.", "figure_missing"),
        ("중소기업은 자율랩을 도입했습니다.", "negation"),
        ("대전시는 2024년 5월 3일 「바이오 혁신계획」을 발표했습니다.", "figure_date"),
        ("대전시는 「바이오 도약계획」을 발표했습니다.", "invented_quote"),
        ("수출은 전년보다 9.1% 늘었습니다.", "figure_unit"),
        ("수출은 전년보다 9.1%p 줄었습니다.", "direction"),
        ("예산은 20% 줄어들 전망입니다.", "figure_range"),
        ("일본은 미국보다 투자 규모가 큽니다.", "roles_swapped"),
        ("600개 기업이 세 곳의 단지에 나뉘어 있습니다.", "figure_about"),
        ("기업이 다섯 곳의 단지에 나뉘어 있습니다.", "figure_missing"),
        ("신약 개발의 예산은 85억 원입니다.", "figure_missing"),
        ("신약 개발의 예산은 120만 원입니다.", "figure_missing"),
        ("신테크바이오는 NGS를 활용합니다.", "name_missing"),
        ("신테카바이오는 국내 최초로 NGS를 활용합니다.", "claim"),
        ("According to the report, exports grew.", "not_korean"),
        ("根据报告，出口增长。", "not_korean"),
        ("수출이 늘었습니다 (https://example.com).", "link"),
        ("수출이 <b>늘었습니다</b>.", "markup"),
        ("고양이는 하루의 대부분을 잠으로 보냅니다.", "words_missing"),
    ],
)
def test_an_invention_fails(text: str, code: str, grounder: Grounder, sources: Sources) -> None:
    verdict = grounder.check(text, ALL, sources)
    assert not verdict.supported, verdict.quotes
    assert verdict.quotes == ()
    assert code in {problem.code for problem in verdict.problems}


def test_a_better_citation_is_found(grounder: Grounder, sources: Sources) -> None:
    last = max(sources)
    verdict = grounder.check("대전의 바이오 기업은 612개입니다.", [last], sources)
    assert verdict.supported
    assert verdict.markers == (1,)
    assert verdict.problems


def test_markers_that_lead_nowhere_are_taken_out(grounder: Grounder, sources: Sources) -> None:
    verdict = grounder.check("대전의 바이오 기업은 612개입니다.", [1, 77], sources)
    assert verdict.supported
    assert verdict.markers == (1,)


def test_marks_of_documents_do_not_stay(grounder: Grounder, sources: Sources) -> None:
    verdict = grounder.check("대전의 바이오 기업은 612개입니다.[9]", [1], sources)
    assert verdict.supported
    assert "[9]" not in verdict.text


def test_a_bare_figure_is_said_of_what_was_asked(grounder: Grounder, sources: Sources) -> None:
    asked = "대전의 바이오 기업은 몇 개입니까?"
    assert grounder.check("612개입니다.", [1], sources, asked).supported
    assert not grounder.check("543개입니다.", [1], sources, asked).supported
    assert not grounder.check("612개입니다.", [1], sources, "부산의 조선소는?").supported


def test_a_name_of_the_question_grounds_nothing(grounder: Grounder, sources: Sources) -> None:
    asked = "부산의 바이오 기업은 몇 개입니까?"
    assert not grounder.check("부산의 바이오 기업은 612개입니다.", [1], sources, asked).supported


def test_two_sentences_may_be_joined(grounder: Grounder, sources: Sources) -> None:
    text = "신테카바이오는 NGS를 활용하며, 정부는 첨단바이오에 4,300억 원을 투자할 계획입니다."
    verdict = grounder.check(text, [1], sources)
    assert verdict.supported, verdict.problems
    assert len(verdict.quotes) == 2


@settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    text=st.text(max_size=60)
    | st.lists(
        st.sampled_from(
            [
                "기업은",
                "612개",
                "%p",
                "4,300억",
                "원",
                "이상",
                "[9]",
                "않았다",
                "'",
                "~",
                "24.3",
                "두",
                "배",
                "절반",
                "1/0",
                "「",
                "NGS",
            ]
        ),
        max_size=9,
    ).map(" ".join),
    markers=st.lists(st.integers(-1, 5), max_size=3),
)
def test_no_text_breaks_the_checks(
    text: str, markers: list[int], grounder: Grounder, sources: Sources
) -> None:
    verdict = grounder.check(text, markers, sources)
    assert verdict.supported == bool(verdict.quotes)
    assert set(verdict.markers) <= set(sources)


TABLE = """# 홍삼 업체 현황

| 지역 | 업체 수 | 직원 수 |
|---|---|---|
| 금산 | 612개 | 300명 |
| 풍기 | 248개 | 150명 |

- 2001년 3월 2일, 두 번째 주민투표가 금산에서 열렸는데, 41.7%가 반대한다는 결과가 나왔다.
"""


@pytest.mark.parametrize(
    "text",
    [
        "금산의 업체 수는 612개입니다.",
        "612개입니다. 금산의 업체 수는 612개입니다.",
        "풍기의 직원 수는 150명입니다.",
        "업체 수가 248개인 지역은 풍기입니다.",
    ],
)
def test_a_cell_told_with_its_row_and_column_passes(text: str, grounder: Grounder) -> None:
    verdict = grounder.check(text, [1], made(TABLE))
    assert verdict.supported, verdict.problems


@pytest.mark.parametrize(
    "text",
    [
        "금산의 업체 수는 248개입니다.",
        "248개입니다. 금산의 업체 수는 248개입니다.",
        "풍기의 업체 수는 612개입니다.",
        "풍기의 직원 수는 300명입니다.",
        "업체 수가 248개인 지역은 금산입니다.",
        "울산의 업체 수는 612개입니다.",
    ],
)
def test_a_cell_of_another_row_fails(text: str, grounder: Grounder) -> None:
    assert not grounder.check(text, [1], made(TABLE)).supported


def test_a_whole_sentence_passes_word_for_word_and_no_other_way(grounder: Grounder) -> None:
    sources = made(TABLE)
    stated = next(line for line in TABLE.splitlines() if "주민투표" in line).removeprefix("- ")
    marker = next(m for m, s in sources.items() if "주민투표" in s.passage.text)
    assert grounder.check(stated, [marker], sources).supported
    for changed in (stated.replace("41.7", "47.1"), stated.replace("반대", "찬성")):
        assert not grounder.check(changed, [marker], sources).supported


LOOSE = """# 단백질 설계 현황

## 전환점
- 단백질 구조 예측은 새로운 전환점을 맞음
- 딥러닝으로 수백~수천 개의 단백질을 한 번에 설계함
- 정책 수립이 시작되고 신약 개발의 기간·비용을 절반 단축 등, 계획을 세움
- 행사에 수십여 편의 논문이 나옴
- 디지털 전환의 속도가 가속화됨
- 개발 비용은 높고 시장의 이해도는 낮은 수준임
- 연구진은 회의의 도움을 받고 있음

## 국내 시장 분석
- 의료기기 생산량은 2018년 이후 꾸준히 늘어남
- 2030년까지 연평균 7% 성장할 것으로 예측됨
"""


@pytest.fixture(scope="module")
def loose() -> Sources:
    return made(LOOSE)


@pytest.mark.parametrize(
    "text",
    [
        "딥러닝으로 수백~수천 개의 단백질을 한 번에 설계합니다.",
        "딥러닝으로 몇백~몇천 개의 단백질을 한 번에 설계합니다.",
        "행사에 수십 편의 논문이 나왔습니다.",
        "신약 개발의 기간과 비용을 절반 단축합니다.",
        "디지털 전환의 속도가 가속화됩니다.",
        "개발 비용은 높고 시장의 이해도는 낮은 수준입니다.",
        "의료기기 생산량은 2018년 이후 꾸준히 증가했습니다.",
        "국내 의료기기 생산량은 2018년 이후 꾸준히 늘어났습니다.",
        "국내 시장은 2030년까지 연평균 7% 성장할 것으로 예측됩니다.",
    ],
)
def test_a_loose_figure_of_the_evidence_passes(
    text: str, grounder: Grounder, loose: Sources
) -> None:
    verdict = grounder.check(text, [1, 2], loose)
    assert verdict.supported, verdict.problems


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("딥러닝으로 수백 명의 단백질을 한 번에 설계합니다.", "figure_unit"),
        ("단백질 구조 예측은 새로운 전환점을 맞음, 수백 명이 참여했습니다.", "figure_missing"),
        ("행사에 수십 명의 논문이 나왔습니다.", "figure_unit"),
        ("단백질 구조 예측은 새로운 전환점을 맞음, 몇 배입니다.", "figure_missing"),
        (
            "정책 수립이 시작되고 신약 개발의 기간·비용을 절반 단축 등, 이는 전체의 절반입니다.",
            "figure_of_other",
        ),
        ("2030년까지 연평균 7% 성장할 것으로 예측되며, 이는 전체의 7%입니다.", "figure_of_other"),
        ("디지털 전환의 속도가 가속화되지 않았습니다.", "negation"),
        ("연구진은 회의의 도움을 받고 없습니다.", "negation"),
        ("우리나라가 2018년 이후 꾸준히 늘어났습니다.", "subject_missing"),
        ("국내 시장은 2018년 이후 꾸준히 늘어났습니다.", "subject_missing"),
    ],
)
def test_a_loose_invention_fails(text: str, code: str, grounder: Grounder, loose: Sources) -> None:
    verdict = grounder.check(text, [1, 2], loose)
    assert not verdict.supported, verdict.quotes
    assert code in {problem.code for problem in verdict.problems}, verdict.problems


def test_one_of_two_opposites_is_not_made_the_other(grounder: Grounder) -> None:
    sources = made("# 시장 현황\n\n## 개발\n- 개발 비용은 높고 시장의 이해도는 낮은 수준임\n")
    text = "개발 비용은 높고 시장의 이해도는 높은 수준입니다."
    verdict = grounder.check(text, [1], sources)
    assert not verdict.supported
    assert "direction" in {problem.code for problem in verdict.problems}


def test_another_cause_is_not_put_before_a_cause(grounder: Grounder) -> None:
    stated = "의료 분야는 개인정보 노출에 민감하기 때문에 데이터의 공유가 어려움"
    sources = made(f"# 의료 데이터 현황\n\n## 공유\n- {stated}\n")
    assert grounder.check(stated.replace("어려움", "어렵습니다."), [1], sources).supported
    verdict = grounder.check(f"파업 때문에 {stated}", [1], sources)
    assert not verdict.supported
    assert "claim" in {problem.code for problem in verdict.problems}

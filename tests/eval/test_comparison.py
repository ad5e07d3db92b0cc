import pytest

from eval.comparison import compare, in_words
from eval.row import Row
from ingest.errors import InputError
from tests.eval.made import record, row, unanswerable_row


def rows(right: list[bool], **other: object) -> list[Row]:
    return [row(f"q{i}", right=value, **other) for i, value in enumerate(right)]


def test_questions_that_got_better_and_worse_are_listed() -> None:
    before, after = rows([True, False, False]), rows([False, True, False])
    found = compare((record(before), before), (record(after, "나"), after), "right")
    assert [c.id for c in found.better] == ["q1"]
    assert [c.id for c in found.worse] == ["q0"]
    right = next(d for d in found.differences if d.metric == "right")
    assert (right.gain, right.p_value, right.verdict) == (0, 1, "unclear")
    assert "우연일 수 있음" in in_words(right)


def test_a_clear_gain_is_called_so() -> None:
    before, after = rows([False] * 8), rows([True] * 8)
    found = compare((record(before), before), (record(after), after), "right")
    right = next(d for d in found.differences if d.metric == "right")
    assert right.p_value == pytest.approx(2 / 2**8)  # McNemar: eight to none, both sides
    assert right.verdict == "better"
    assert in_words(right) == "뚜렷하게 나아짐 (p=0.008)"


def test_figures_between_0_and_1_are_tested_by_permutation() -> None:
    before = [row(f"q{i}", char_f1=0.2) for i in range(6)]
    after = [row(f"q{i}", char_f1=0.4) for i in range(6)]
    found = compare((record(before), before), (record(after), after), "char_f1")
    f1 = next(d for d in found.differences if d.metric == "char_f1")
    assert f1.p_value == pytest.approx(2 / 2**6)  # all six one way or the other
    assert f1.gain == pytest.approx(0.2)
    assert len(found.better) == 6


def test_more_refusals_of_answerable_questions_are_worse() -> None:
    before, after = rows([True] * 8), rows([False] * 8, refused=True)
    found = compare((record(before), before), (record(after), after), "answerable_refused")
    refused = next(d for d in found.differences if d.metric == "answerable_refused")
    assert refused.verdict == "worse"
    assert len(found.worse) == 8


def test_only_questions_that_a_metric_concerns_are_counted() -> None:
    both = [row("a"), unanswerable_row("b", refused=True)]
    found = compare((record(both), both), (record(both), both), "right")
    counts = {d.metric: d.questions for d in found.differences}
    assert (counts["right"], counts["refusal_recall"], counts["quotes_exact"]) == (1, 1, 2)
    assert found.better == found.worse == ()
    assert {in_words(difference) for difference in found.differences} == {"같음"}


def test_runs_over_other_gold_are_refused() -> None:
    one = rows([True])
    other = record(one, "나", gold={"path": "다른.jsonl", "sha256": "cd", "questions": 1})
    with pytest.raises(InputError, match="서로 다른 질문") as caught:
        compare((record(one), one), (other, one), "right")
    assert caught.value.code == "different_gold"
    apart = [row("z")]
    with pytest.raises(InputError, match="함께 든 질문이 없습니다"):
        compare((record(one), one), (record(apart), apart), "right")


def test_what_else_differs_is_noted() -> None:
    whole, part = rows([True, True]), rows([True])
    second = record(part, "나", config={"top_k": 3}, version="0.2.0")
    notes = compare((record(whole), whole), (second, part), "right").notes
    assert "함께 든 질문 1개만 견줍니다." in notes
    assert "설정이(가) 다릅니다: top_k 8 → 3" in notes
    assert any("0.1.0 → 0.2.0" in text for text in notes)
    assert compare((record(whole), whole), (record(whole), whole), "right").notes == ()


def test_an_unknown_metric_is_named() -> None:
    one = rows([True])
    with pytest.raises(InputError, match="없는 지표입니다: rihgt"):
        compare((record(one), one), (record(one), one), "rihgt")

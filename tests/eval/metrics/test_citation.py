import pytest

from eval.metrics.citation import (
    CitationScores,
    Statement,
    citation_scores,
    evidence_hit,
    evidence_recall,
    mean_citation_scores,
    statements_of,
)


def supports(premise: str, statement: str) -> bool:
    """A statement is supported where each of its letters stands in the premise."""
    return set(statement) <= set(premise)


def test_an_answer_is_cut_into_statements_with_their_passages() -> None:
    answer = "정부는 법을 만들었다[1]. 예산은 3.5조 원이다. [2][1] 근거가 없다.\n- 목록임 [7]"
    assert statements_of(answer, {1: "법", 2: "예산"}) == (
        Statement("정부는 법을 만들었다.", ("법",)),
        Statement("예산은 3.5조 원이다.", ("예산", "법")),
        Statement("근거가 없다.", ()),
        Statement("- 목록임", (), resolves=False),
    )


def test_markers_alone_are_no_statement() -> None:
    assert statements_of("[1]\n법이다. [1]", {1: "법"}) == (Statement("법이다.", ("법",)),)


def test_recall_is_the_share_of_statements_that_are_supported() -> None:
    statements = [
        Statement("ab", ("a", "b")),  # together
        Statement("ab", ("a",)),  # not enough
        Statement("ab", ()),  # cites nothing
        Statement("a", ("a",), resolves=False),  # a marker names nothing
    ]
    # Recalled: the first of four. Precise: both of its citations, of 3 that are counted.
    assert citation_scores(statements, supports) == CitationScores(1 / 4, 2 / 3)


def test_a_citation_is_not_precise_when_the_others_do_without_it() -> None:
    # c alone does not support ab, and ab without c is still supported: not needed.
    # a alone does not support ab, but without it neither do b and c: needed. So is b.
    assert citation_scores([Statement("ab", ("a", "b", "c"))], supports).precision == 2 / 3
    # Each supports alone: neither is irrelevant.
    assert citation_scores([Statement("ab", ("ab", "abc"))], supports).precision == 1
    # The only citation of a supported statement is precise, that of an unsupported one is not.
    assert citation_scores([Statement("a", ("ab",))], supports) == CitationScores(1.0, 1.0)
    assert citation_scores([Statement("ab", ("a",))], supports) == CitationScores(0.0, 0.0)


def test_an_answer_without_citations_has_no_precision() -> None:
    assert citation_scores([Statement("a", ())], supports) == CitationScores(0.0, 0.0)


def test_the_mean_is_over_answers() -> None:
    scores = [CitationScores(1.0, 0.5), CitationScores(0.5, 0.0)]
    assert mean_citation_scores(scores) == CitationScores(0.75, 0.25)


def test_evidence_is_hit_where_a_quote_stands_on_it() -> None:
    quotes = ["정부는 2024년 4월에 법을 공포하였음"]
    evidence = ["2024년 4월에 법을 공포", "예산은 3조 원임"]
    assert evidence_hit(quotes, evidence) == 1
    assert evidence_recall(quotes, evidence) == 1 / 2  # the first of two
    assert evidence_hit([], evidence) == 0


def test_what_has_no_figure_is_refused() -> None:
    with pytest.raises(ValueError, match="no statements"):
        citation_scores([], supports)
    with pytest.raises(ValueError, match="no answers"):
        mean_citation_scores([])
    with pytest.raises(ValueError, match="no evidence"):
        evidence_recall(["인용"], [])

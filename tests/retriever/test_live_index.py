"""The served index: the operator's aliases, and generations taken up while it runs."""

import pytest

from ingest.errors import GeungeoError, OperatorError
from retriever.aliases import OPERATOR_FILE
from retriever.live_index import LiveIndex
from tests.retriever.desk import BEE, TEA, Desk, document


def write_aliases(desk: Desk, text: str) -> None:
    (desk.root / OPERATOR_FILE).write_text(text, encoding="utf-8")


def test_the_operators_names_are_searched_for(desk: Desk) -> None:
    desk.update(document(TEA), document(BEE, "양봉.txt"))
    assert desk.live.current().search("KBH").unknown_terms == ("kbh",)
    write_aliases(desk, "# 우리 회사의 말\nKBH\t벌꿀\n")
    live = LiveIndex(desk.root, desk.encoder, desk.analyzer)
    result = live.current().search("KBH")
    assert result.other_names == ("벌꿀",)
    assert result.unknown_terms == ()
    (bee,) = (hit for hit in result.hits if "벌꿀" in hit.passage.text)
    assert bee.matched_terms == ("벌꿀",)
    assert bee.ranks["morpheme"] == bee.ranks["bigram"] == 1


def test_a_name_of_the_operator_covers_the_question(desk: Desk) -> None:
    write_aliases(desk, "KBH\t벌꿀\n")
    desk.update(document(TEA), document(BEE, "양봉.txt"))
    (best, _) = desk.live.current().search("KBH").hits
    assert "벌꿀" in best.passage.text
    assert best.scores["coverage"] > 0


def test_names_of_the_operator_that_the_corpus_lacks_add_nothing(desk: Desk) -> None:
    write_aliases(desk, "KBH\t한국꿀벌협회\n")
    desk.update(document(TEA))
    result = desk.live.current().search("KBH")
    assert (result.other_names, result.unknown_terms) == ((), ("kbh",))


def test_new_names_are_taken_up_with_a_new_generation(desk: Desk) -> None:
    desk.update(document(TEA), document(BEE, "양봉.txt"))
    assert desk.live.current().search("KBH").other_names == ()
    write_aliases(desk, "KBH\t벌꿀\n")
    desk.update(rebuild=True)
    assert desk.live.current().search("KBH").other_names == ("벌꿀",)


def test_learned_names_go_with_the_document_that_had_them(desk: Desk) -> None:
    named = document("날씨 보고서\n\n1. 예보\n\n- 국립기상과학원(NIMS)이 예보함\n", "날씨.txt")
    desk.update(document(TEA), named)
    assert desk.live.current().search("NIMS").other_names == ("국립기상과학원",)
    desk.update(remove=[named.id])
    result = desk.live.current().search("NIMS")
    assert (result.other_names, result.unknown_terms) == ((), ("nims",))


def test_a_bad_line_is_said_at_the_start(desk: Desk) -> None:
    desk.update(document(TEA))
    write_aliases(desk, "KBH 벌꿀\n")
    with pytest.raises(GeungeoError, match="1번째 줄") as failure:
        desk.live.current()
    assert failure.value.code == "bad_alias"
    write_aliases(desk, "KBH\t벌꿀\n")
    assert desk.live.current().search("녹차").hits


def test_a_bad_line_leaves_the_open_generation_serving(desk: Desk) -> None:
    failures: list[OperatorError] = []
    desk.update(document(TEA))
    live = LiveIndex(desk.root, desk.encoder, desk.analyzer, failures.append)
    serving = live.current()
    write_aliases(desk, "KBH 벌꿀\n")
    desk.update(document(BEE, "양봉.txt"))
    assert live.current() is live.current() is serving
    assert [failure.code for failure in failures] == ["bad_alias"]


def test_an_open_retriever_goes_on_while_another_generation_is_taken_up(desk: Desk) -> None:
    desk.update(document(TEA))
    before = desk.live.current()
    desk.update(document(BEE, "양봉.txt"))
    after = desk.live.current()
    assert before is not after
    assert len(before.search("벌꿀").hits) == 1
    assert len(after.search("벌꿀").hits) == 2


def test_the_operators_name_comes_before_those_that_documents_explain(desk: Desk) -> None:
    often = "\n".join(
        f"- {n}년에 꿀벌협회(KBH)와 한국벌꿀(KBH)이 {n}회 모임" for n in range(2001, 2009)
    )
    desk.update(document(BEE, "양봉.txt"), document(f"모임\n\n1. 기록\n\n{often}\n", "모임.txt"))
    write_aliases(desk, "KBH\t밀원식물\n")
    desk.update(document("밀원식물 보고서\n\n1. 현황\n\n- 밀원식물은 아카시아임\n", "밀원.txt"))
    live = LiveIndex(desk.root, desk.encoder, desk.analyzer)
    assert "밀원식물" in live.current().search("KBH 현황").other_names

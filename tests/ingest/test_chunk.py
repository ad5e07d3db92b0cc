from __future__ import annotations

import hashlib

from ingest import chunk
from ingest.chunk import MAX_CHARS
from ingest.records import BlockKind, Passage
from tests.ingest.conftest import report


def said(passage: Passage) -> list[str]:
    return [sentence.text for sentence in passage.sentences]


def test_groups_that_do_not_fit_together_are_a_passage_each() -> None:
    first = "".join(
        f" - 첫째 묶음의 {place}번 항목은 이러한 내용을 길게 적어 둔 것임\n" for place in range(14)
    )
    second = first.replace("첫째", "둘째")
    document = report(f"1. 현황\n\n■ 첫째 묶음의 제목임\n{first}\n■ 둘째 묶음의 제목임\n{second}")
    passages = chunk(document)
    assert [said(passage)[0] for passage in passages] == [
        "첫째 묶음의 제목임",
        "둘째 묶음의 제목임",
    ]
    assert MAX_CHARS / 2 < len(passages[0].text) < MAX_CHARS
    assert passages[0].heading_path == ("현황",)
    assert passages[0].sentences[1].path == ("현황", "첫째 묶음의 제목임")
    assert passages[0].text.startswith("■ 첫째")


def test_neighbours_join_up_to_the_limit_and_not_beyond() -> None:
    document = report(
        "1. 현황\n\n- 하나를 적음\n\n앞의 글을 잇는 문단이다.\n\n■ 둘을 적음\n- 셋을 적음\n"
    )
    (whole,) = chunk(document)
    assert said(whole) == ["하나를 적음", "앞의 글을 잇는 문단이다.", "둘을 적음", "셋을 적음"]
    limit = len(whole.text)
    assert [said(p) for p in chunk(document, max_chars=limit)] == [said(whole)]
    assert [said(p) for p in chunk(document, max_chars=limit - 1)] == [
        ["하나를 적음", "앞의 글을 잇는 문단이다."],
        ["둘을 적음", "셋을 적음"],
    ]


def test_tables_do_not_join_what_stands_around_them() -> None:
    document = report(
        "1. 현황\n\n- 앞의 항목임\n\n| 지역 | 면적 |\n|---|---|\n| 보성 | 10 |\n\n- 뒤의 항목임\n"
    )
    first, table, last = chunk(document)
    assert (said(first), said(last)) == (["앞의 항목임"], ["뒤의 항목임"])
    assert {sentence.kind for sentence in table.sentences} == {BlockKind.TABLE_ROW}


def test_a_long_group_is_cut_evenly_and_names_its_parent() -> None:
    bullets = "".join(f"- {place}번 항목: {'내용을 적음 ' * 12}\n" for place in range(10))
    document = report(f"1. 현황\n\n■ 묶음의 제목임\n\n{bullets}")
    passages = chunk(document)
    lengths = [len(passage.text) for passage in passages]
    assert max(lengths) <= MAX_CHARS
    assert max(lengths) < 2 * min(lengths)
    assert passages[0].heading_path == ("현황",)
    assert {passage.heading_path for passage in passages[1:]} == {("현황", "묶음의 제목임")}


def test_small_groups_join_under_one_heading_only() -> None:
    document = report("1. 가게\n\n- 하나\n- 둘\n\n2. 창고\n\n- 셋\n")
    assert [said(passage) for passage in chunk(document)] == [["하나", "둘"], ["셋"]]


def test_a_long_bullet_is_never_cut() -> None:
    words = "문장 하나를 적었음. " * 80
    document = report(f"1. 현황\n\n- {words}\n")
    (passage,) = chunk(document)
    assert len(passage.text) > MAX_CHARS
    assert len(passage.sentences) == 80


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    words = " ".join(f"이것은 {place}번째 문장이며 끝이 있다." for place in range(80))
    passages = chunk(report(f"제목\n\n{words}\n"))
    assert len(passages) > 2
    assert all(len(passage.text) <= MAX_CHARS for passage in passages)
    assert all(passage.text.endswith("있다.") for passage in passages)
    assert " ".join(passage.text for passage in passages) == words


def test_headings_contents_and_furniture_make_no_passages() -> None:
    document = report(
        "제목\n\n목차\n\n1. 현황 ....... 1\n2. 결론 ....... 3\n\n1. 현황\n\n- 늘었음\n\n"
        "- 3 -\n\n2. 결론\n\n- 끝임\n"
    )
    assert [said(passage) for passage in chunk(document)] == [["늘었음"], ["끝임"]]


def test_references_stand_apart_and_keep_their_kind() -> None:
    document = report(
        "1. 현황\n\n- 늘었음\n\n참고문헌\n\n1. 가나원, 물류 통계, 2024.\n"
        "2. 다라원, 창고 통계, 2023.\n"
    )
    last = chunk(document)[-1]
    assert last.heading_path == ("참고문헌",)
    assert {sentence.kind for sentence in last.sentences} == {BlockKind.REFERENCE}
    assert said(last) == ["가나원, 물류 통계, 2024.", "다라원, 창고 통계, 2023."]


def test_a_caption_alone_is_a_passage() -> None:
    document = report(
        "1. 현황\n\n- 늘었음\n\n그림 1. 창고의 변화\n\n자료: 가나원\n\n2. 결론\n\n- 끝임\n"
    )
    assert said(chunk(document)[1]) == ["그림 1. 창고의 변화", "자료: 가나원"]


def test_footnote_passage_names_what_it_belongs_to() -> None:
    document = report("1. 현황\n\n- 물류비가 늘었음¹⁾\n\n1) 잠정 수치임.\n\n2. 결론\n\n- 끝임\n")
    passage = chunk(document)[1]
    assert passage.heading_path == ("현황", "물류비가 늘었음")
    assert said(passage) == ["잠정 수치임."]


def test_ids_come_from_document_text_and_order_among_equals() -> None:
    document = report("1. 가게\n\n- 같은 말임\n\n2. 창고\n\n- 같은 말임\n")
    digest = hashlib.sha256(document.text.encode()).hexdigest()[:16]
    assert document.id == f"doc_{digest}"
    first, second = chunk(document)
    assert first.text == second.text
    assert first.id != second.id
    assert len(first.id) == 16
    assert (first.previous_id, first.next_id) == (None, second.id)
    assert (second.previous_id, second.next_id) == (first.id, None)


def test_words_added_below_leave_the_passages_above_as_they_were() -> None:
    text = "1. 가게\n\n- 하나임\n\n2. 창고\n\n- 둘임\n"
    before, after = chunk(report(text)), chunk(report(text + "\n3. 차량\n\n- 셋임\n"))
    assert [passage.text for passage in after[:2]] == [passage.text for passage in before]


def test_quotes_leave_out_marks_and_emphasis() -> None:
    document = report(
        "1. 현황\n\n■ **창고가 늘었음. 인력도 늘었음**\n- (냉장) 9곳임\n**□ 차량은 줄었음**\n"
    )
    quotes = [
        document.text[sentence.start : sentence.end]
        for passage in chunk(document)
        for sentence in passage.sentences
    ]
    assert quotes == ["창고가 늘었음.", "인력도 늘었음", "(냉장) 9곳임", "차량은 줄었음"]

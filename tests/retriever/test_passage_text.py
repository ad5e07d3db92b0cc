from ingest.chunk import chunk
from retriever.passage_text import MAX_CONTEXT_CHARS, passage_text
from tests.retriever.desk import TEA, document

TITLE = "녹차 재배 보고서"
SENTENCES = ("보성의 녹차 재배 면적은 1,050ha임", "하동은 2위임")


def test_what_stands_above_is_indexed_with_each_sentence() -> None:
    (passage,) = chunk(document(TEA))
    text = passage_text(TITLE, passage)
    assert text.context == (TITLE, "재배 현황")
    assert text.sentences == SENTENCES
    assert text.sentence_contexts == ((TITLE, "재배 현황"), (TITLE, "재배 현황"))
    assert text.whole_to_embed == "\n".join(("재배 현황", *SENTENCES))
    assert text.sentences_to_embed == tuple(f"재배 현황: {s}" for s in SENTENCES)


def test_without_headings_only_the_words_themselves_are() -> None:
    (passage,) = chunk(document(TEA))
    text = passage_text(TITLE, passage, headings=False)
    assert (text.context, text.sentence_contexts) == ((), ((), ()))
    assert text.sentences == text.sentences_to_embed == SENTENCES
    assert text.whole_to_embed == "\n".join(SENTENCES)


def test_a_long_heading_does_not_drown_the_sentence() -> None:
    parent = "이름이 아주 긴 사업을 여러 기관이 함께 벌이는 까닭과 그 경과와 앞으로의 계획을 적음"
    (passage,) = chunk(document(f"제목\n\n1. 장\n\n■ {parent}\n  - 늘었음\n"))
    assert len(parent) < MAX_CONTEXT_CHARS
    assert passage_text("제목", passage).sentences_to_embed[1] == f"{parent}: 늘었음"
    longer = f"{parent[:-1]}는 {parent}"
    (passage,) = chunk(document(f"제목\n\n1. 장\n\n■ {longer}\n  - 늘었음\n"))
    embedded = passage_text("제목", passage).sentences_to_embed[1]
    assert embedded == f"{longer[:MAX_CONTEXT_CHARS]}: 늘었음"

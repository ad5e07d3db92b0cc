"""Answers cut to the lengths that KakaoTalk allows."""

from dataclasses import replace

from api.answer.records import AnswerSentence
from api.kakao.bubbles import answer_template, split_text
from api.kakao.limits import MOST_CARD_DESCRIPTION, MOST_CARD_TITLE, MOST_TEXT_CHARS
from tests.api.conftest import Running
from tests.api.kakao.platform import QUESTION


def test_texts_are_cut_between_lines_and_kept_within_kakaos_lengths() -> None:
    lines = "\n".join(f"{n}번째 문장입니다. [{n}]" for n in range(1, 31))
    bubbles = split_text(lines, 2)
    assert "\n".join(bubbles) == lines
    assert all(len(bubble) <= 500 for bubble in bubbles)
    long = split_text("가" * 5000, 2)
    assert [len(bubble) for bubble in long] == [MOST_TEXT_CHARS] * 2
    assert long[-1].endswith("뒤를 줄였습니다.)")
    assert split_text("짧음", 2) == ["짧음"]


def test_cards_and_replies_stay_within_kakaos_lengths(skill_server: Running) -> None:
    answer = skill_server.service.answer(QUESTION)
    citation = replace(answer.citations[0], title="가" * 90, quote="나" * 900)
    many = replace(
        answer,
        text="다\n" * 2000,
        sentences=(AnswerSentence("다", (1,), supported=True),),
        citations=tuple(replace(citation, marker=n) for n in range(1, 15)),
        suggestions=tuple(f"{n}번째로 이어서 물어볼 만한 긴 질문인가요?" for n in range(12)),
    )
    template = answer_template(many)["template"]
    assert len(template["outputs"]) == 3
    items = template["outputs"][-1]["carousel"]["items"]
    assert len(items) == 10
    assert all(len(item["title"]) <= MOST_CARD_TITLE for item in items)
    assert all(len(item["description"]) <= MOST_CARD_DESCRIPTION for item in items)
    assert "buttons" not in items[0]
    assert len(template["quickReplies"]) == 10
    assert all(len(reply["label"]) <= 14 for reply in template["quickReplies"])

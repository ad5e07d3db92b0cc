"""Answers in the bubbles of KakaoTalk: texts, a card for each source, quick replies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from api.answer.records import Answer, Citation
from api.kakao.limits import (
    FOLDED_CHARS,
    MOST_BUTTON_LABEL,
    MOST_CARD_DESCRIPTION,
    MOST_CARD_TITLE,
    MOST_CARDS,
    MOST_OUTPUTS,
    MOST_QUICK_REPLIES,
    MOST_TEXT_CHARS,
)
from api.text import shortened

Template = dict[str, Any]

SOURCE_LABEL = "근거 보기"
_CUT = "\n…(답이 길어 뒤를 줄였습니다.)"


def answer_template(answer: Answer, public_url: str = "") -> Template:
    """Return an answer as a skill's response.

    Args:
        answer: what was said.
        public_url: where the web page of this service can be reached, without a trailing slash;
            empty where it cannot, and then cards have no button.
    """
    card = _sources(answer.citations[:MOST_CARDS], public_url)
    texts = split_text(answer.text, MOST_OUTPUTS - len(card))
    return _template([_simple_text(text) for text in texts] + card, answer.suggestions)


def text_template(text: str, replies: Sequence[str] = ()) -> Template:
    """Return a message of ours as a skill's response."""
    return _template([_simple_text(part) for part in split_text(text, MOST_OUTPUTS)], replies)


def waiting_template(text: str) -> Template:
    """Return the response that promises an answer at the callback URL."""
    return {"version": "2.0", "useCallback": True, "data": {"text": text}}


def split_text(text: str, most_bubbles: int) -> list[str]:
    """Cut a text into bubbles between its lines, or within a line that is too long itself.

    Bubbles are kept below the length that KakaoTalk folds where the text then fits, and below the
    one that it allows otherwise. What fits in neither is cut off, with a word that says so.
    """
    for limit in (FOLDED_CHARS, MOST_TEXT_CHARS):
        bubbles = _packed(text, limit)
        if len(bubbles) <= most_bubbles:
            return bubbles
    *kept, last = bubbles[:most_bubbles]
    return [*kept, last[: MOST_TEXT_CHARS - len(_CUT)] + _CUT]


def _packed(text: str, limit: int) -> list[str]:
    bubbles: list[str] = []
    for line in text.splitlines():
        pieces = [line[start : start + limit] for start in range(0, len(line), limit)] or [""]
        for piece in pieces:
            if bubbles and len(bubbles[-1]) + 1 + len(piece) <= limit:
                bubbles[-1] += f"\n{piece}"
            else:
                bubbles.append(piece)
    return [bubble.strip() for bubble in bubbles if bubble.strip()]


def _template(outputs: list[Template], replies: Sequence[str]) -> Template:
    made: Template = {"outputs": outputs}
    if replies:
        made["quickReplies"] = [_reply(text) for text in replies[:MOST_QUICK_REPLIES]]
    return {"version": "2.0", "template": made}


def _simple_text(text: str) -> Template:
    return {"simpleText": {"text": text}}


def _reply(text: str) -> Template:
    label = shortened(text, MOST_BUTTON_LABEL)
    return {"label": label, "action": "message", "messageText": text}


def _sources(citations: Sequence[Citation], public_url: str) -> list[Template]:
    cards = [_card(citation, public_url) for citation in citations]
    if not cards:
        return []
    if len(cards) == 1:
        return [{"textCard": cards[0]}]
    return [{"carousel": {"type": "textCard", "items": cards}}]


def _card(citation: Citation, public_url: str) -> Template:
    place = " › ".join([*citation.heading_path[-1:]])
    quoted = f"“{' '.join(citation.quote.split())}”"
    description = f"{shortened(place, MOST_CARD_DESCRIPTION // 4)}\n{quoted}" if place else quoted
    card: Template = {
        "title": shortened(f"[{citation.marker}] {citation.title}", MOST_CARD_TITLE),
        "description": shortened(description, MOST_CARD_DESCRIPTION),
    }
    if public_url:
        span = f"{citation.document_start}-{citation.document_end}"
        url = f"{public_url}/documents/{quote(citation.document_id, safe='')}#at={span}"
        card["buttons"] = [{"action": "webLink", "label": SOURCE_LABEL, "webLinkUrl": url}]
    return card

"""Answers with personal identifiers starred out; offsets stay, as the mask keeps lengths."""

from __future__ import annotations

from dataclasses import replace
from typing import overload

from api.answer.masking import mask_personal
from api.answer.records import Answer, AnswerPart, AnswerSentence, Citation


@overload
def masked(said: Answer) -> Answer: ...
@overload
def masked(said: AnswerPart) -> AnswerPart: ...
def masked(said: Answer | AnswerPart) -> Answer | AnswerPart:
    """Return an answer, or a part of one, in which no person can be identified."""
    if isinstance(said, AnswerPart):
        return replace(
            said,
            text=mask_personal(said.text),
            sentence=_sentence(said.sentence),
            citations=tuple(map(_citation, said.citations)),
        )
    return replace(
        said,
        text=mask_personal(said.text),
        sentences=tuple(map(_sentence, said.sentences)),
        citations=tuple(map(_citation, said.citations)),
    )


def _sentence(sentence: AnswerSentence) -> AnswerSentence:
    return replace(sentence, text=mask_personal(sentence.text))


def _citation(citation: Citation) -> Citation:
    passage = mask_personal(citation.passage)
    return replace(
        citation,
        passage=passage,
        quote=passage[citation.start : citation.end],
        heading_path=tuple(map(mask_personal, citation.heading_path)),
    )

"""A follow-up question rewritten to stand alone by a language model, and distrusted."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence

from api.answer.generation.failure import GenerationFailed
from api.answer.generation.generator import bounded
from api.answer.generation.language_model import LanguageModel
from api.answer.generation.prompt import (
    REWRITE_PROMPT,
    Ticket,
    history_block,
    messages,
    new_ticket,
    question_block,
)
from api.answer.generation.sentence_stream import ThoughtFilter
from api.answer.marker import MARKER
from api.answer.records import Turn

# A question waits for its rewriting before anything is searched.
MOST_SECONDS = 8.0
_MOST_CHARS = 200
# What a rewriting may add to the question's own length.
_GROWTH = 120
_HANGUL = re.compile(r"[가-힣]")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_FOREIGN = re.compile(r"[A-Za-z][A-Za-z0-9&+-]*")
_WORD = re.compile(r"[가-힣]{2,}")
_QUOTES = " \t\"'“”‘’`「」『』"
_LABEL = re.compile(r"^(?:고친\s*질문|질문|답변?)\s*[:：]\s*")
_CONJUNCT = re.compile(r"[\s·,()]+")
# Words that a question is made of, which bring in nothing new. Their endings vary.
_ASKING = re.compile(
    r"^(?:무엇|무슨|뭐|뭔|왜|어떤|어떻|어느|어디|누구|누가|언제|얼마|몇|인가|입니까|있|없|되|하|했|한|할"
    r"|해|알려|설명|말해|대해|대한|관해|관한|관련|경우|이유|까닭|방법|내용|결과|때문|그리고|또는|및|혹은"
    r"|따르면|따라|위해|위한|통해|주세요|주십시오|습니까|나요|가요|이란|에서|정도|이후|이전|당시|현재)"
)
# A word is known where its beginning stands in the conversation: 한강의, 한강은. One syllable
# shorter than the word at least, as a particle takes one or two.
_PARTICLE_CHARS = 3


def rewrite_question(
    model: LanguageModel,
    question: str,
    history: Sequence[Turn],
    fallback: str,
    *,
    left: threading.Event | None = None,
    ticket: Ticket = new_ticket,
) -> str:
    """Return a question that is understood without the conversation.

    Args:
        model: asked once, for a few seconds.
        question: the follow-up.
        history: earlier turns, oldest first.
        fallback: what the rules made of it; returned where the model fails, or brings in a
            number or a name that nobody said.
        left: set when nobody waits for the answer any more.
        ticket: gives an unknowable word.

    Raises:
        NobodyWaitsError: once ``left`` is set.
    """
    if not history:
        return fallback
    word = ticket()
    turns = bounded(history)
    asked = messages(
        REWRITE_PROMPT, word, [history_block(turns, word), question_block(question, word)]
    )
    try:
        reply = model.complete(asked, most_seconds=MOST_SECONDS, left=left)
    except GenerationFailed:
        return fallback
    said = " ".join([question, *(turn.content for turn in turns)])
    rewritten = _one_question(reply)
    return rewritten if rewritten and is_faithful(rewritten, question, said) else fallback


def is_faithful(rewritten: str, question: str, said: str) -> bool:
    """Tell whether a rewriting is a Korean question of what was said.

    Args:
        rewritten: one line.
        question: the follow-up.
        said: the conversation and the question.
    """
    if len(rewritten) > min(_MOST_CHARS + len(question), _GROWTH + 2 * len(question)):
        return False
    if not _HANGUL.search(rewritten):
        return False
    return not (_strangers(rewritten, said))


def _strangers(rewritten: str, said: str) -> list[str]:
    """Return the figures, foreign words and Korean words that nobody said."""
    figures = set(_FIGURE.findall(said))
    foreign = {word.casefold() for word in _FOREIGN.findall(said)}
    strange = [f for f in _FIGURE.findall(rewritten) if f not in figures]
    strange += [w for w in _FOREIGN.findall(rewritten) if w.casefold() not in foreign]
    bare = _CONJUNCT.sub("", said)
    return strange + [w for w in _WORD.findall(rewritten) if not _was_said(w, bare)]


def _was_said(word: str, bare: str) -> bool:
    if _ASKING.match(word):
        return True
    shortest = max(2, len(word) - _PARTICLE_CHARS)
    return word[:shortest] in bare


def _one_question(reply: str) -> str:
    """Return a reply's only line without the marks that models put around it; else empty."""
    thoughts = ThoughtFilter()
    spoken = thoughts.feed(reply) + thoughts.finish()
    lines = [line.strip() for line in spoken.splitlines() if line.strip()]
    if len(lines) != 1:
        return ""
    return _LABEL.sub("", MARKER.sub("", lines[0]).strip(_QUOTES)).strip(_QUOTES)

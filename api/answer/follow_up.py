"""A follow-up question completed from the conversation, without a language model.

The form of a question tells what it lacks (``ellipsis``), the conversation what was spoken of
(``antecedent``):

- it points back (그건, 그 회사, 거기), names no subject (언제 나왔어?), only an aspect (비용은?) or
  what is done but not to what (도입한 병원은?): what the last question spoke of is put into it;
- it only names another thing of the same kind (신테카바이오는?, 2023년에는?, AI 말고 바이오로
  보면?): that takes the place of its like in the last question;
- it counts (두 번째는?, 나머지 한 곳은?, 그 여섯 개는?): what was listed or counted is meant;
- it points further back (아까 말한 인프라에는?): the exchange that spoke of it is meant;
- it asks for more (더 자세히): the last question is asked again, without what was said already;
- it names something of its own, but little: it is searched as it is and completed, and counts as a
  follow-up only where completing it makes an answer much more certain. All other questions stand
  alone, and nothing of the conversation is added to them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from api.answer import refusal
from api.answer.afterthought import in_order
from api.answer.antecedent import Antecedent, antecedents
from api.answer.ellipsis import (
    TELLING,
    Gap,
    Remainder,
    gap_of,
    only_subject,
    subjects,
    without_ties,
)
from api.answer.entity_agreement import PLACES
from api.answer.listed import counts_back, with_counted, with_item, with_rest
from api.answer.recall import recalled, recalls
from api.answer.records import Turn
from api.answer.refusal_features import evidence
from api.answer.spliced import BOTH, concerning, spliced
from api.answer.substitution import contrasted, is_place, replaced, shifted_year, substituted
from retriever.analysis import KoreanAnalyzer
from retriever.hit import SearchResult

Method = Literal["as_is", "topic", "substitution", "item", "more"]
Search = Callable[[str], SearchResult]

# More turns than these say little about the present question and cost time.
MAX_TURNS = 10
# A question of more words than these stands alone; after 그럼 it may still be a follow-up with
# more.
_MOST_WORDS = 4
_MOST_WORDS_CONNECTED = 6
# A completed question counts when it is so much more certain to be answered, in logits; after 그럼
# it goes on in all likelihood. Of 33 short `tune` follow-ups that the documents answer 29 gain .7
# or more, of 17 short new questions behind four foreign conversations each all but two of 68 gain
# .3 or less, and those two are answered the same. The nearest sentence's cosine, used before, does
# not part them.
_GAIN = 0.5
_GAIN_CONNECTED = 0.0
_LEAST = 1e-4
# A word of a lower idf stands nearly everywhere.
_TELLING_IDF = 1.0
_ITEM_TOPICS = 2
_LOCATIVE = re.compile(r"(?:에|에다|에서|로|으로)(?:\s|$)")
_EVENT = re.compile(r"^(?:[그이저](?:렇게|런\s|때)|그해|당시)")
_THAT = re.compile(r"^(?:그|이|저|해당)\s")
_SHARE = re.compile(r"^(?:그|이)\s?(?:중|가운데)(?:에서?|에선|에는)?\s")


@dataclass(frozen=True, slots=True)
class Resolution:
    """A question as it is to be searched.

    Attributes:
        question: completed from the conversation, or as it was asked.
        method: how it was completed.
        changed_topic: the conversation was about something else, and nothing of it was used.
        asked: the words that tell what kind of answer is wanted.
        said: what was said already and is not to be said again; empty where nothing is.
        result: what a search for ``question`` found, where one was needed to decide.
        told: the last answer, where this question goes on from it.
    """

    question: str
    method: Method
    changed_topic: bool
    asked: str
    said: str = ""
    result: SearchResult | None = None
    told: str = ""


def rewrite(question: str, history: Sequence[Turn], analyzer: KoreanAnalyzer) -> str:
    """Return ``question`` completed by its form alone, or as it is."""
    return resolve(question, history, analyzer).question


def resolve(
    question: str,
    history: Sequence[Turn],
    analyzer: KoreanAnalyzer,
    search: Search | None = None,
    *,
    this_year: int | None = None,
) -> Resolution:
    """Complete a question from the conversation.

    Args:
        question: not empty.
        history: earlier turns, oldest first; only the last ``MAX_TURNS`` are read.
        analyzer: of the index that is asked.
        search: asked at most twice, where the form of the question leaves it open whether it
            stands alone; without it such a question is left as it is.
        this_year: what 올해 and 작년 are counted from; without it they are left as they are.
    """
    exchanges = antecedents(history[-MAX_TURNS:], analyzer)
    if not exchanges:
        return Resolution(question, "as_is", False, question)
    before = exchanges[-1]
    rest = without_ties(question)
    if rest.breaks_off:
        return Resolution(rest.text, "as_is", True, rest.text)
    meant = _named_again(rest.text, exchanges, analyzer)
    if meant is not None:
        return meant
    gap = _gap(rest, before, analyzer)
    whole = _viewed(rest.text, gap, before, analyzer)
    if whole is not None:
        return Resolution(whole, "substitution", False, whole)
    if gap is Gap.POSSIBLE:
        ordered = in_order(rest.text, analyzer)
        rest = replace(rest, text=ordered.whole) if ordered.meant else rest
        return _weighed(rest, before, analyzer, search)
    return _completed(rest.text, gap, before, analyzer, this_year)


def _gap(rest: Remainder, before: Antecedent, analyzer: KoreanAnalyzer) -> Gap:
    gap = gap_of(rest.text, analyzer)
    if gap is Gap.POSSIBLE and recalls(rest.text):
        return Gap.POINTER
    if gap is Gap.ORDINAL and not counts_back(rest.text, f"{before.question} {before.answer}"):
        return Gap.POSSIBLE
    if rest.sets_aside and gap is Gap.POSSIBLE:
        own = subjects(rest.text, analyzer)
        return gap if len(own) >= TELLING or any(map(analyzer.is_name, own)) else Gap.TOPIC
    return gap


def _named_again(
    rest: str, exchanges: Sequence[Antecedent], analyzer: KoreanAnalyzer
) -> Resolution | None:
    """Complete a question that points at words of the conversation itself."""
    before = exchanges[-1]
    again = recalled(rest, exchanges, analyzer)
    if again is not None:
        return _going_on(again.question, again.asked, again.before)
    left = with_rest(rest, [(e.question, e.answer) for e in exchanges])
    if left is not None:
        text, item, asked = left
        if only_subject(rest) and asked in before.question:
            text = replaced(before.question, asked, item)
        return Resolution(text, "item", False, text)
    counted = with_counted(rest, before.items, (before.answer, before.question), analyzer)
    if counted is not None:
        topics = [p for p in before.phrases if p not in counted][:_ITEM_TOPICS]
        text = " ".join([*topics, counted])
        return _going_on(text, counted, before)
    return None


def _viewed(rest: str, gap: Gap, before: Antecedent, analyzer: KoreanAnalyzer) -> str | None:
    """Return the last question asked of what this one only puts in view, or None.

    That is said in a phrase of its own (중국은 어느 정도야?), in contrast (AI 말고 바이오는?), or
    of a thing that would say enough (일본 정부는?) if the last question did not ask of its like.
    """
    ordered = in_order(rest, analyzer)
    whole = contrasted(ordered.main, before.question, analyzer)
    if whole is None and gap in {Gap.POSSIBLE, Gap.TOPIC}:
        view = only_subject(ordered.main, views=True)
        whole = substituted(view, before.question, analyzer) if view else None
    return f"{ordered.lead} {whole}".strip() if whole else None


def _completed(
    rest: str, gap: Gap, before: Antecedent, analyzer: KoreanAnalyzer, this_year: int | None
) -> Resolution:
    if gap is Gap.MORE:
        text = concerning([*before.phrases, *before.names], rest)
        return Resolution(text, "more", False, rest, said=before.answer)
    item = with_item(rest, before.items, analyzer) if gap is Gap.ORDINAL else None
    if item:
        return Resolution(" ".join([*before.phrases[:_ITEM_TOPICS], item]), "item", False, item)
    other = only_subject(_SHARE.sub("", rest))
    if other:
        year = shifted_year(other, f"{before.question} {before.answer}", this_year)
        pointed = gap is Gap.POINTER and year is None and _THAT.match(rest) is not None
        whole = None if pointed else substituted(year or other, before.question, analyzer)
        if whole is None and is_place(other):
            whole = substituted(other, before.whole_question, analyzer)
        if whole:
            return Resolution(whole, "substitution", False, whole)
    ordered = in_order(rest, analyzer)
    text = spliced(_topics(before, gap, rest), ordered.whole, analyzer)
    return _going_on(text, ordered.whole, before)


def _going_on(
    text: str, asked: str, before: Antecedent, result: SearchResult | None = None
) -> Resolution:
    return Resolution(text, "topic", False, asked, result=result, told=before.answer)


def _topics(before: Antecedent, gap: Gap, rest: str) -> tuple[str, ...]:
    """Return what to put before a question.

    A name that was asked for stands for the words that asked for it, but what happened then (그때,
    그렇게) is not the name.
    """
    if gap is Gap.POINTER and before.only_named and not _EVENT.match(rest):
        return before.names
    if BOTH.match(rest):
        return (*before.others, *before.phrases, *before.names)
    named = gap is Gap.POINTER or (before.only_named and gap is not Gap.POSSIBLE)
    return (*before.phrases, *(before.names if named else ()))


def _weighed(
    rest: Remainder, before: Antecedent, analyzer: KoreanAnalyzer, search: Search | None
) -> Resolution:
    """Take the completed question where the documents answer it more surely than the bare one."""
    own = subjects(rest.text, analyzer) or [rest.text]
    changed = not _shares_words(own, before)
    if search is None:
        return Resolution(rest.text, "as_is", changed, rest.text)
    bare = search(rest.text)
    alone = Resolution(rest.text, "as_is", changed, rest.text, result=bare)
    text = spliced(_topics(before, Gap.POSSIBLE, rest.text), rest.text, analyzer)
    if text == rest.text or _stands_alone(rest, own, bare, analyzer):
        return alone
    full = search(text)
    gain = _certainty(rest.text, full) - _certainty(rest.text, bare)
    if gain < (_GAIN_CONNECTED if rest.connected else _GAIN):
        return alone
    return _going_on(text, rest.text, before, full)


def _stands_alone(
    rest: Remainder, own: Sequence[str], bare: SearchResult, analyzer: KoreanAnalyzer
) -> bool:
    """Tell whether a question says enough, or begins to speak of something else."""
    if len(bare.terms) > (_MOST_WORDS_CONNECTED if rest.connected else _MOST_WORDS):
        return True
    if any(_tells(phrase, bare) and _identifies(phrase, analyzer) for phrase in own):
        return True
    return bool(bare.unknown_names) or _opens_unknown(rest.text, own[0], bare)


def _certainty(question: str, result: SearchResult) -> float:
    """Return the logit of the probability that the documents answer a question."""
    probability = refusal.judge(evidence(question, result)).probability
    bounded = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(bounded / (1 - bounded))


def _identifies(phrase: str, analyzer: KoreanAnalyzer) -> bool:
    """Tell whether a phrase names one thing. Of a country many things can be asked."""
    return len(phrase) > 1 and phrase not in PLACES and analyzer.is_name(phrase)


def _tells(phrase: str, bare: SearchResult) -> bool:
    """Tell whether a phrase has a word that not all the documents are full of."""
    inside = [idf for term, idf in bare.terms.items() if term in phrase.lower()]
    return not inside or max(inside) >= _TELLING_IDF


def _shares_words(own: Sequence[str], before: Antecedent) -> bool:
    spoken = f"{before.question} {before.answer} {' '.join(before.phrases)}"
    return any(word in spoken for phrase in own for word in phrase.split())


def _opens_unknown(question: str, phrase: str, bare: SearchResult) -> bool:
    """Tell whether a question begins with something that the documents do not know: a new topic.

    Where something happens (어느 동네에 …) opens no topic, nor does a word of one syllable (문을
    열다).
    """
    if len(phrase) == 1 or _LOCATIVE.match(question[question.find(phrase) + len(phrase) :]):
        return False
    inside = [term for term in bare.terms if term in phrase]
    return bool(inside) and all(term in bare.unknown_terms for term in inside)

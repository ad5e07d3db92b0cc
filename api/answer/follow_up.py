"""A follow-up question completed from the conversation, without a language model.

The form of a question tells what it lacks (``ellipsis``), the conversation what was spoken of
(``antecedent``):

- it points back (그건, 그 회사, 거기), names no subject (언제 나왔어?) or only an aspect (비용은?):
  what the last question spoke of is put before it;
- it only names another thing of the same kind (신테카바이오는?, 2023년에는?): that takes the place
  of its like in the last question;
- it counts (두 번째는?): the item of the last answer is meant;
- it asks for more (더 자세히): the last question is asked again, without what was said already;
- it names something of its own, but little: it is searched as it is and completed, and counts as a
  follow-up only where completing it makes an answer much more certain. All other questions stand
  alone, and nothing of the conversation is added to them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from api.answer import refusal
from api.answer.antecedent import Antecedent, antecedent
from api.answer.ellipsis import Gap, Remainder, gap_of, only_subject, subjects, without_ties
from api.answer.entity_agreement import PLACES
from api.answer.records import Turn
from api.answer.refusal_features import evidence
from api.answer.substitution import shifted_year, substituted
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
# Of a listed item, its first words say which one is meant.
_ITEM_PHRASES = 4
_ITEM_TOPICS = 2
_ITEM_WORD = re.compile(
    r"^(?:첫|두|둘|세|셋|네|넷|다섯|[1-9])\s?(?:번\s?)?(?:째|번)(?:\s?(?:것|거|건|게))?"
    r"|^(?:마지막|맨 끝|맨 앞|맨 뒤)(?:\s?(?:것|거|건|게))?|^(?:전자|후자)"
    r"|^(?:앞|뒤|먼저|나중)에?\s?(?:말한|나온|언급한|든|의)"
)
_PLACES = ("첫|1|앞|먼저|전자|맨 앞", "두|둘|2", "세|셋|3", "네|넷|4", "다섯|5")
_LAST = re.compile(r"^(?:마지막|맨 끝|맨 뒤|뒤|나중|후자)")
_LOCATIVE = re.compile(r"(?:에|에다|에서|로|으로)(?:\s|$)")
_EVENT = re.compile(r"^(?:[그이저](?:렇게|런\s|때)|그해|당시)")
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
        before: the last question, completed, where this one goes on from it.
    """

    question: str
    method: Method
    changed_topic: bool
    asked: str
    said: str = ""
    result: SearchResult | None = None
    before: str = ""


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
    before = antecedent(history[-MAX_TURNS:], analyzer)
    if before is None:
        return Resolution(question, "as_is", False, question)
    rest = without_ties(question)
    if rest.breaks_off:
        return Resolution(rest.text, "as_is", True, rest.text)
    gap = gap_of(rest.text, analyzer)
    if gap is Gap.ORDINAL and not _counts_back(rest.text, before):
        gap = Gap.POSSIBLE
    if rest.sets_aside and gap is Gap.POSSIBLE:
        gap = Gap.TOPIC
    if gap is Gap.POSSIBLE:
        return _weighed(rest, before, analyzer, search)
    return _completed(rest.text, gap, before, analyzer, this_year)


def _completed(
    rest: str, gap: Gap, before: Antecedent, analyzer: KoreanAnalyzer, this_year: int | None
) -> Resolution:
    if gap is Gap.MORE:
        text = " ".join([*before.phrases, *before.names, rest])
        return Resolution(text, "more", False, rest, said=before.answer)
    item = _item(rest, before, analyzer) if gap is Gap.ORDINAL else None
    if item:
        return Resolution(item, "item", False, rest)
    other = only_subject(_SHARE.sub("", rest))
    if other:
        year = shifted_year(other, f"{before.question} {before.answer}", this_year)
        replaced = substituted(year or other, before, analyzer)
        if replaced:
            return Resolution(replaced, "substitution", False, replaced)
    text = " ".join([*_topics(before, gap, rest), rest])
    return Resolution(text, "topic", False, rest, before=before.whole_question)


def _topics(before: Antecedent, gap: Gap, rest: str) -> tuple[str, ...]:
    """Return what to put before a question.

    A name that was asked for stands for the words that asked for it, but what happened then (그때,
    그렇게) is not the name.
    """
    if gap is Gap.POINTER and before.only_named and not _EVENT.match(rest):
        return before.names
    named = gap is Gap.POINTER or (before.only_named and gap is not Gap.POSSIBLE)
    return (*before.phrases, *(before.names if named else ()))


def _counts_back(rest: str, before: Antecedent) -> bool:
    """Tell whether 두 번째 counts what was spoken of, and not something new (첫 번째 월드컵)."""
    match = _ITEM_WORD.match(rest)
    counted = re.match(r"\s(?P<noun>[가-힣A-Za-z]{2})", rest[match.end() :]) if match else None
    return counted is None or counted["noun"] in f"{before.question} {before.answer}"


def _item(rest: str, before: Antecedent, analyzer: KoreanAnalyzer) -> str | None:
    """Put what the last answer listed at the place that a question counts to."""
    match = _ITEM_WORD.match(rest)
    if match is None or not before.items:
        return None
    places = (n for n, words in enumerate(_PLACES) if re.match(words, rest))
    place = len(before.items) - 1 if _LAST.match(rest) else next(places, 0)
    if place >= len(before.items):
        return None
    item = before.items[place]
    words = " ".join((subjects(item, analyzer) or [item])[:_ITEM_PHRASES])
    behind = rest[match.end() :]
    return " ".join([*before.phrases[:_ITEM_TOPICS], words + behind])


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
    text = " ".join([*_topics(before, Gap.POSSIBLE, rest.text), rest.text])
    if text == rest.text or _stands_alone(rest, own, bare, analyzer):
        return alone
    full = search(text)
    gain = _certainty(rest.text, full) - _certainty(rest.text, bare)
    if gain < (_GAIN_CONNECTED if rest.connected else _GAIN):
        return alone
    return Resolution(text, "topic", False, rest.text, result=full, before=before.whole_question)


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

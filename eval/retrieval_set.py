"""Passages and questions of a retrieval set, whatever format they came in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EvalPassage:
    """A text that can be found.

    Attributes:
        id: unique in its set.
        title: of the article it belongs to; may be empty.
    """

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class EvalQuestion:
    """A question with what is known of its answer.

    Attributes:
        id: unique in its set.
        relevant: groups of passage ids (and-of-ors): every group is wanted, and any one passage
            of a group will do. Empty where no passage answers.
        answers: short answers, any of which is right; may be empty where none are given.
        answerable: whether the passages answer it.
        split: part of the set, such as ``tune`` or ``test``.
    """

    id: str
    text: str
    relevant: tuple[frozenset[str], ...]
    answers: tuple[str, ...]
    answerable: bool
    split: str


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Passages and the questions asked of them, in the order of their files."""

    passages: tuple[EvalPassage, ...]
    questions: tuple[EvalQuestion, ...]

    def of_split(self, split: str) -> RetrievalSet:
        """Return all passages with the questions of one split."""
        questions = tuple(question for question in self.questions if question.split == split)
        return RetrievalSet(self.passages, questions)

"""Prompts in files of their own, each with a version."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import yaml

_FOLDER = Path(__file__).parent / "prompts"
_FENCE = "---\n"
_TICKET = "{ticket}"


@dataclass(frozen=True, slots=True)
class Prompt:
    """Instructions to a language model.

    Attributes:
        version: raised whenever the words change.
        sha256: of the words.
    """

    name: str
    version: int
    sha256: str
    words: str

    def with_ticket(self, ticket: str) -> str:
        """Return the words with the ticket that a reply must repeat."""
        return self.words.replace(_TICKET, ticket)


def read_prompt(name: str) -> Prompt:
    """Return a prompt of ``eval/prompts/``.

    Raises:
        ValueError: when the file has no version or does not ask for the ticket.
    """
    text = (_FOLDER / f"{name}.md").read_text(encoding="utf-8")
    _, head, words = text.split(_FENCE, 2)
    version = yaml.safe_load(head)["version"]
    if not isinstance(version, int) or words.count(_TICKET) != 1:
        raise ValueError(f"prompt {name} needs a version and one {_TICKET}")
    digest = hashlib.sha256(words.encode()).hexdigest()
    return Prompt(name, version, digest, words.strip())

"""Which language model answers, and within what limits."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import SecretStr

_PER_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Prices:
    """What a provider charges, in US dollars for a million tokens.

    Attributes:
        prompt: for tokens sent.
        completion: for tokens received.
    """

    prompt: float
    completion: float

    def cost(self, prompt_tokens: int, completion_tokens: int) -> float:
        """Return the price of one call in US dollars."""
        spent = prompt_tokens * self.prompt + completion_tokens * self.completion
        return spent / _PER_MILLION


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """A language model and its limits.

    Attributes:
        name: provider and model, such as ``openai:gpt-4o-mini``; with ``base_url`` the provider
            may be left out.
        base_url: of an OpenAI-compatible server, or empty.
        api_key: or None, where the provider's own variable or none at all is used.
        timeout_seconds: for a whole answer, retries included.
        first_token_seconds: until its first token; a server that says nothing is given up.
        max_tokens: of an answer.
        context_tokens: that the model reads and writes at most.
        retries: further attempts after a failure that may pass.
        prices: or None where no cost is told.
        temperature: or None for 0 on a server by its address and the provider's own elsewhere, as
            some models take no other.
    """

    name: str
    base_url: str = ""
    api_key: SecretStr | None = None
    timeout_seconds: float = 60.0
    first_token_seconds: float = 20.0
    max_tokens: int = 1024
    context_tokens: int = 8192
    retries: int = 2
    prices: Prices | None = None
    temperature: float | None = None

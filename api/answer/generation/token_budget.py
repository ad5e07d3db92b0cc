"""How many tokens a text is, and which passages fit into what the model can read.

A model's own count is asked of the server where it has one (llama.cpp and vLLM answer
``/tokenize``), and only where an upper bound does not already say that all fits. Counting in this
process would need the model's vocabulary, which for OpenAI's models is fetched over the network.

The bound was checked on this project's reports in pieces of 400 characters against five
vocabularies: tokens per character were .93 for OpenAI's cl100k (at most 1.08 in a piece), .57 for
its o200k, 1.00 (1.14) for the one that Anthropic published, .65 for DeepSeek's and .56 for Gemma
3's. No piece came to more than .93 of its bound.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit, urlunsplit

from api.answer.generation.model_settings import ModelSettings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

TokenCount = Callable[[str], int]

# A syllable took 1.19 tokens in the costliest of those vocabularies (by least squares).
_PER_SYLLABLE = 1.5
# Each digit or sign is a token of its own at worst; words are fewer.
_PER_ASCII = 1.0
_PER_SPACE = 0.5
_SECONDS_TO_COUNT = 2.0


def most_tokens(text: str) -> int:
    """Return more tokens than a text of report language has in any vocabulary looked at."""
    syllables = sum("가" <= char <= "힣" for char in text)
    spaces = sum(char.isspace() for char in text)
    plain = sum("!" <= char <= "~" for char in text)
    rest = "".join(c for c in text if not ("가" <= c <= "힣" or c.isspace() or "!" <= c <= "~"))
    whole = syllables * _PER_SYLLABLE + spaces * _PER_SPACE + plain * _PER_ASCII
    # No vocabulary of bytes makes more tokens of a character than it has bytes.
    return int(whole) + 1 + len(rest.encode())


class ServerCount(Protocol):
    """Counts with the model's own vocabulary."""

    def __call__(self, text: str) -> int | None:
        """Return how many tokens a text is, or None where the server does not say."""
        ...


def fitting(texts: Sequence[str], budget: int, exact: ServerCount | None = None) -> int:
    """Return how many of the first texts fit whole into a number of tokens.

    Args:
        texts: most important first.
        budget: in tokens.
        exact: asked where the bound says that not all fit.
    """
    by_bound = _fitting(texts, budget, most_tokens)
    if exact is None or by_bound == len(texts):
        return by_bound
    counted: list[int] = []
    for text in texts:
        count = exact(text)
        if count is None:
            return by_bound
        counted.append(count)
    return max(by_bound, _sum_fits(counted, budget))


def _fitting(texts: Sequence[str], budget: int, count: TokenCount) -> int:
    return _sum_fits([count(text) for text in texts], budget)


def _sum_fits(counts: Sequence[int], budget: int) -> int:
    total = 0
    for number, count in enumerate(counts):
        total += count
        if total > budget:
            return number
    return len(counts)


class TokenizeEndpoint:
    """Counts with ``/tokenize`` of llama.cpp or vLLM; asks no more once there is none.

    Args:
        client: the OpenAI client that calls the server, with its key.
        url: of the endpoint.
        model: the model's name on the server.
    """

    def __init__(self, client: Any, url: str, model: str) -> None:
        self._client = client
        self._url = url
        self._model = model
        self._absent = False

    def __call__(self, text: str) -> int | None:
        """Return how many tokens a text is, or None where the server does not say."""
        from openai import OpenAIError

        if self._absent:
            return None
        # llama.cpp reads ``content``, vLLM the other two.
        body = {"content": text, "model": self._model, "prompt": text}
        options = {"timeout": _SECONDS_TO_COUNT}
        try:
            reply = self._client.post(self._url, cast_to=object, body=body, options=options)
        except OpenAIError:
            self._absent = True
            return None
        count = _count_in(reply)
        self._absent = count is None
        return count


def _count_in(reply: object) -> int | None:
    if not isinstance(reply, dict):
        return None
    count, tokens = reply.get("count"), reply.get("tokens")
    if isinstance(count, int):
        return count
    return len(tokens) if isinstance(tokens, list) else None


def server_count(chat: BaseChatModel, settings: ModelSettings) -> ServerCount | None:
    """Return the server's own count where its client can ask for one."""
    client = getattr(chat, "root_client", None)
    if not settings.base_url or client is None:
        return None
    parts = urlsplit(settings.base_url)
    path = parts.path.rstrip("/").removesuffix("/v1") + "/tokenize"
    url = urlunsplit((parts.scheme, parts.netloc, path, "", ""))
    return TokenizeEndpoint(client, url, getattr(chat, "model_name", settings.name))

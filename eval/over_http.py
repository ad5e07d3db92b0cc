"""A running service as the system that is asked."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from eval.gold_set import GoldQuestion
from eval.reply import SEARCH_DEPTH, CitedQuote, FoundPassage, Reply
from ingest.errors import OperatorError

if TYPE_CHECKING:
    import httpx

_TIMEOUT_SECONDS = 60.0
# Time of a request as the client sees it, beside the stages that the service tells of.
_ROUND_TRIP = "http"
_EVENT = "event:"


class OverHttp:
    """Asks a service through ``/v1/ask`` and looks up the ranks through ``/v1/search``.

    Args:
        url: where the service listens.
        top_k: passages that the answerer looks at.

    Raises:
        OperatorError: ``service_unreachable``, ``httpx_missing``.
    """

    def __init__(self, url: str, top_k: int) -> None:
        self._url = url
        self._top_k = top_k
        self._client = _client(url)
        self._generation = self._get("/readyz")["generation"]
        self._version = str(self._get("/openapi.json")["info"]["version"])

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    @property
    def index(self) -> Mapping[str, Any]:
        """Fingerprint of the index; a service tells its generation alone."""
        unknown = dict.fromkeys(("encoder", "analysis", "passages_version", "counts"))
        return {"generation": self._generation, **unknown}

    @property
    def version(self) -> str:
        """Version that the service states."""
        return self._version

    def ask(self, gold: GoldQuestion) -> Reply:
        """Answer one question, and search for the ranks of its evidence.

        Raises:
            OperatorError: ``service_unreachable`` or ``service_refused``.
        """
        start = time.perf_counter()
        body = self._post("/v1/ask", self._question(gold))
        milliseconds = (time.perf_counter() - start) * 1000
        search = {"query": body["rewritten_question"], "top_k": SEARCH_DEPTH}
        return _reply(body, self._post("/v1/search", search), milliseconds)

    def events(self, gold: GoldQuestion) -> Iterator[str]:
        """Ask one question and yield the name of each event as it comes, ``done`` at the end.

        Raises:
            OperatorError: ``service_unreachable`` when the answer breaks off.
        """
        import httpx

        asked = {**self._question(gold), "stream": True}
        name = ""
        try:
            with self._client.stream("POST", "/v1/ask", json=asked) as response:
                for line in response.iter_lines():
                    if line.startswith(_EVENT):
                        name = line.removeprefix(_EVENT).strip()
                    elif not line and name:
                        yield name
        except httpx.HTTPError as error:
            raise self._unreachable("/v1/ask", error) from error
        if name != "done":
            raise self._unreachable("/v1/ask", name or response.status_code)

    def _question(self, gold: GoldQuestion) -> dict[str, Any]:
        return {
            "question": gold.question,
            "history": [dict(turn) for turn in gold.history],
            "top_k": self._top_k,
        }

    def passages(self) -> Mapping[str, str]:
        """Return the text of every passage that is searched, by id."""
        found = {}
        for document in self._get("/v1/documents")["documents"]:
            for passage in self._get(f"/v1/documents/{document['id']}")["passages"]:
                found[passage["id"]] = passage["text"]
        return found

    def _get(self, path: str) -> Any:
        return self._read("GET", path)

    def _post(self, path: str, content: Mapping[str, Any]) -> Any:
        return self._read("POST", path, content)

    def _read(self, method: str, path: str, content: Mapping[str, Any] | None = None) -> Any:
        import httpx

        try:
            response = self._client.request(method, path, json=content)
            body = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise self._unreachable(path, error) from error
        if response.is_success:
            return body
        told = body.get("error", {}).get("message", "") if isinstance(body, dict) else ""
        raise OperatorError(
            "service_refused",
            f"서비스가 {path}에 {response.status_code}로 답했습니다: {told}",
            "서비스의 로그를 확인하세요.",
        )

    def _unreachable(self, path: str, reason: object) -> OperatorError:
        return OperatorError(
            "service_unreachable",
            f"서비스에 묻지 못했습니다({self._url}{path}): {reason}",
            "`geungeo serve`로 서비스를 켰는지, --url의 주소가 맞는지 확인하세요.",
        )


def _client(url: str) -> httpx.Client:
    try:
        import httpx
    except ImportError as error:
        raise OperatorError(
            "httpx_missing",
            "HTTP로 물으려면 httpx가 필요합니다.",
            "`pip install httpx`로 설치하거나 --url 없이 실행하세요.",
        ) from error
    return httpx.Client(base_url=url, timeout=_TIMEOUT_SECONDS)


def _reply(body: Mapping[str, Any], found: Mapping[str, Any], milliseconds: float) -> Reply:
    names = ("marker", "passage_id", "title", "quote", "passage", "start", "end")
    return Reply(
        text=body["answer"],
        answerable=body["answerable"],
        refusal_reason=body["refusal_reason"],
        rewritten_question=body["rewritten_question"],
        citations=tuple(
            CitedQuote(**{n: c[n] for n in names}, heading_path=tuple(c["heading_path"]))
            for c in body["citations"]
        ),
        sentence_markers=tuple(tuple(s["markers"]) for s in body["sentences"]),
        confidence=body["confidence"],
        hits=tuple(FoundPassage(hit["passage_id"], hit["score"]) for hit in found["hits"]),
        top_similarity=None,
        coverage=None,
        unknown_terms=tuple(found["unknown_terms"]),
        timings_ms={**body["timings_ms"], _ROUND_TRIP: milliseconds},
    )

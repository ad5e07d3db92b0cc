"""What Prometheus reads: how much is asked, how it ends, how long it takes."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from api.answer.records import Answer

CONTENT_TYPE = CONTENT_TYPE_LATEST
# An extractive answer takes tens of milliseconds, a language model's up to a minute.
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
_NO_ROUTE = "(없음)"
# A client may make up any other, and each would be kept for as long as the process lives.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_NO_METHOD = "(기타)"


class Metrics:
    """Counts within this process.

    Args:
        generation: gives the name of the index that answers, or None.
        pending: gives how many answers run or wait.
    """

    def __init__(self, generation: Callable[[], str | None], pending: Callable[[], int]) -> None:
        self._registry = CollectorRegistry()
        self._generation = generation
        self._requests = self._counter(
            "geungeo_requests", "끝난 요청", ("method", "route", "status")
        )
        self._request_seconds = self._histogram(
            "geungeo_request_seconds", "요청에 걸린 시간", ("route",)
        )
        self._answers = self._counter("geungeo_answers", "답", ("kind", "model"))
        self._refusals = self._counter("geungeo_refusals", "거절", ("reason",))
        self._stage_seconds = self._histogram(
            "geungeo_stage_seconds", "답하는 단계에 걸린 시간", ("stage",)
        )
        self._dropped = self._counter(
            "geungeo_dropped_sentences", "근거와 맞지 않아 뺀 언어 모델의 문장", ()
        )
        self._fallbacks = self._counter(
            "geungeo_fallbacks", "언어 모델 대신 추출식으로 답한 일", ("reason",)
        )
        self._tokens = self._counter("geungeo_tokens", "언어 모델이 쓴 토큰", ("kind",))
        self._index = Gauge(
            "geungeo_index_info", "답하는 색인", ("generation",), registry=self._registry
        )
        queue = Gauge("geungeo_queue_pending", "하고 있거나 기다리는 답", registry=self._registry)
        queue.set_function(pending)

    def requested(self, method: str, route: str | None, status: int, seconds: float) -> None:
        """Count a finished request; ``route`` is the path's pattern, never the path itself."""
        known = method if method in _METHODS else _NO_METHOD
        self._requests.labels(known, route or _NO_ROUTE, str(int(status))).inc()
        self._request_seconds.labels(route or _NO_ROUTE).observe(seconds)

    def answered(self, answer: Answer) -> None:
        """Count an answer with its stages."""
        self._answers.labels(answer.kind, answer.model).inc()
        if answer.refusal_reason is not None:
            self._refusals.labels(answer.refusal_reason).inc()
        for stage, milliseconds in answer.timings_ms.items():
            self._stage_seconds.labels(stage).observe(milliseconds / 1000)
        self._dropped.inc(answer.dropped_sentences)
        if answer.fallback_reason is not None:
            self._fallbacks.labels(answer.fallback_reason).inc()
        if answer.usage is not None:
            self._tokens.labels("prompt").inc(answer.usage.prompt_tokens)
            self._tokens.labels("completion").inc(answer.usage.completion_tokens)

    def exposed(self) -> bytes:
        """Return everything in the text format that Prometheus reads."""
        self._index.clear()
        name = self._generation()
        if name is not None:
            self._index.labels(name).set(1)
        return generate_latest(self._registry)

    def _counter(self, name: str, help_text: str, labels: tuple[str, ...]) -> Counter:
        return Counter(name, help_text, labels, registry=self._registry)

    def _histogram(self, name: str, help_text: str, labels: tuple[str, ...]) -> Histogram:
        return Histogram(name, help_text, labels, buckets=_SECONDS, registry=self._registry)

"""The figures that Prometheus reads."""

from prometheus_client.parser import text_string_to_metric_families

from tests.api.conftest import Running


def figures(server: Running) -> dict[tuple[str, ...], float]:
    response = server.client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain")
    return {
        (sample.name, *(f"{k}={v}" for k, v in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }


def test_answers_refusals_and_requests_are_counted(server: Running) -> None:
    before = figures(server)
    asked = ("geungeo_requests_total", "method=POST", "route=/v1/ask", "status=200")
    answered = ("geungeo_answers_total", "kind=answer", "model=extractive")
    server.client.post("/v1/ask", json={"question": "사방댐은 몇 개를 설치했나요?"})
    server.client.get("/v1/documents/doc_private")
    server.client.request("MADE-UP", "/v1/ask")
    after = figures(server)
    assert after[asked] == before.get(asked, 0) + 1
    assert after[answered] == before.get(answered, 0) + 1
    assert after[("geungeo_stage_seconds_count", "stage=total")] >= 1
    assert after[("geungeo_queue_pending",)] == 0
    assert after[("geungeo_index_info", f"generation={server.service.generation}")] == 1
    assert not any("doc_private" in label for name in after for label in name)
    assert not any("MADE-UP" in label for name in after for label in name)

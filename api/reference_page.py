"""The API reference as one page that needs nothing from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

_STYLE = """
body{font-family:system-ui,'Noto Sans KR',sans-serif;max-width:60rem;margin:2rem auto;
padding:0 1rem;line-height:1.6;color:#1c1c1c;background:#fff}
h2{margin-top:2.5rem;border-bottom:1px solid #ccc}
h3 code{font-size:1.05rem}
.method{display:inline-block;min-width:3.2rem;font-weight:700;color:#0b5394}
pre{background:#f5f5f5;padding:.8rem;overflow-x:auto;white-space:pre-wrap;word-break:break-word}
table{border-collapse:collapse;width:100%}
td,th{border:1px solid #ddd;padding:.3rem .6rem;text-align:left;vertical-align:top}
@media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#1b1b1b}
pre{background:#2a2a2a}.method{color:#7db7f0}td,th{border-color:#444}}
"""
_REFERENCE_PREFIX = "#/components/schemas/"


def reference_page(schema: Mapping[str, Any]) -> str:
    """Render an OpenAPI document as HTML."""
    info = schema["info"]
    return "".join(
        [
            '<!doctype html><html lang="ko"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width,initial-scale=1">',
            f"<title>{escape(info['title'])}</title><style>{_STYLE}</style></head><body>",
            f"<h1>{escape(info['title'])} <small>{escape(info['version'])}</small></h1>",
            f"<p>{escape(info['description'])}</p>",
            '<p>기계가 읽는 형식: <a href="/openapi.json">/openapi.json</a></p>',
            *_operations(schema),
            "</body></html>",
        ]
    )


def _operations(schema: Mapping[str, Any]) -> Iterator[str]:
    tag = None
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            own_tag = operation.get("tags", [""])[0]
            if own_tag != tag:
                tag = own_tag
                yield f"<h2>{escape(tag)}</h2>"
            yield (
                f'<h3 id="{escape(operation["operationId"])}">'
                f'<span class="method">{method.upper()}</span> <code>{escape(path)}</code> '
                f"{escape(operation['summary'])}</h3>"
            )
            for paragraph in operation.get("description", "").split("\n\n"):
                yield f"<p>{escape(paragraph)}</p>"
            yield from _request(schema, path, operation)
            yield from _responses(schema, operation)


def _request(schema: Mapping[str, Any], path: str, operation: Mapping[str, Any]) -> Iterator[str]:
    body = operation.get("requestBody")
    if body is None:
        return
    content = body["content"].get("application/json")
    if content is None:
        yield from _form(path, body["content"]["multipart/form-data"]["schema"])
        return
    yield from _fields(schema, content["schema"], "요청 항목")
    for example in content.get("examples", {}).values():
        text = json.dumps(example["value"], ensure_ascii=False)
        command = (
            f"curl -s http://127.0.0.1:8000{path} -H 'Content-Type: application/json' -d '{text}'"
        )
        yield f"<pre>{escape(command)}</pre>"


def _form(path: str, form: Mapping[str, Any]) -> Iterator[str]:
    yield "<table><tr><th>폼 항목</th><th>설명</th></tr>"
    for name, field in form["properties"].items():
        description = escape(field.get("description", ""))
        yield f"<tr><td><code>{escape(name)}</code></td><td>{description}</td></tr>"
    yield "</table>"
    parts = " ".join(f"-F {name}=@보고서.md" for name in form["properties"])
    yield f"<pre>{escape(f'curl -s http://127.0.0.1:8000{path} {parts}')}</pre>"


def _responses(schema: Mapping[str, Any], operation: Mapping[str, Any]) -> Iterator[str]:
    errors = []
    for status, response in operation["responses"].items():
        content = response.get("content", {}).get("application/json", {})
        if "example" not in content:
            errors.append((status, response["description"]))
            continue
        yield from _fields(schema, content.get("schema", {}), "응답 항목")
        text = json.dumps(content["example"], ensure_ascii=False, indent=2)
        yield f"<p>응답 {escape(status)}</p><pre>{escape(text)}</pre>"
    if errors:
        yield "<table><tr><th>상태</th><th>뜻과 오류 코드</th></tr>"
        yield from (
            f"<tr><td>{escape(status)}</td><td>{escape(text)}</td></tr>" for status, text in errors
        )
        yield "</table>"


def _fields(schema: Mapping[str, Any], reference: Mapping[str, Any], title: str) -> Iterator[str]:
    model = _resolved(schema, reference)
    if not model.get("properties"):
        return
    yield f"<table><tr><th>{title}</th><th>형식</th><th>설명</th></tr>"
    for name, field in model["properties"].items():
        required = "" if name not in model.get("required", []) else " *"
        yield (
            f"<tr><td><code>{escape(name)}</code>{required}</td><td>{escape(_type(field))}</td>"
            f"<td>{escape(field.get('description', ''))}</td></tr>"
        )
    yield "</table>"


def _resolved(schema: Mapping[str, Any], reference: Mapping[str, Any]) -> Mapping[str, Any]:
    name = str(reference.get("$ref", "")).removeprefix(_REFERENCE_PREFIX)
    models: Mapping[str, Mapping[str, Any]] = schema.get("components", {}).get("schemas", {})
    return models.get(name, {})


def _type(field: Mapping[str, Any]) -> str:
    if "$ref" in field:
        return str(field["$ref"]).removeprefix(_REFERENCE_PREFIX)
    if "anyOf" in field:
        return " | ".join(_type(option) for option in field["anyOf"])
    if field.get("type") == "array":
        return f"{_type(field['items'])}[]"
    return str(field.get("type", "값"))

"""A real checker and sources made of small reports."""

from collections.abc import Callable

import pytest

from api.answer.grounding.grounder import Grounder
from api.answer.grounding.source import Source
from ingest.chunk import chunk
from ingest.load import load_bytes
from retriever.analysis import KoreanAnalyzer
from retriever.encoder_base import Encoder

Sources = dict[int, Source]
MakeSources = Callable[..., Sources]

REPORT = """# 대전 바이오 현황

## 기업과 인력
- 대전의 바이오 기업은 612개이며, 종사자는 543명으로 조사됨
- 국내 기업의 인공지능 도입률은 2022년 4.5%, 2023년 6.3%로 증가함
- 연구기관 45개, 연구소 기업 295개가 모여 있음
- 정부는 첨단바이오에 4,300억 원을 투자할 계획임
- 참여 인원은 2.6만 명이고, 만족한다는 응답이 70% 이상임
- 전문 인력이 부족하여 중소기업은 아직 자율랩을 도입하지 못함
- 2024년 3월 5일 대전시는 「바이오 혁신계획」을 발표함
- 신테카바이오는 차세대 염기서열 분석(NGS)을 활용함
- 수출은 전년보다 9.1%p 늘었고, 수입은 줄었음
- 예산은 단계에 따라 10~20% 줄어들 전망임
- 미국은 일본보다 투자 규모가 큼
- 600여 개 기업이 세 곳의 단지에 나뉘어 있음

## 지원 사업
| 사업 | 예산(억 원) | 기관 수(개) |
|---|---|---|
| 신약 개발 | 120 | 14 |
| 의료기기 | 85 | 9 |
"""
OTHER = """# 서울 관광 동향

## 방문객
- 서울을 찾은 외국인은 1,137만 명으로 집계됨
- 관광객은 명동과 홍대를 가장 많이 찾음
"""


def made(*texts: str) -> Sources:
    passages = [
        (document.title, passage)
        for number, text in enumerate(texts)
        for document in [load_bytes(text.encode(), f"보고서{number}.md")]
        for passage in chunk(document)
    ]
    return {n: Source(n, title, p) for n, (title, p) in enumerate(passages, start=1)}


@pytest.fixture(scope="session")
def sources() -> Sources:
    return made(REPORT, OTHER)


@pytest.fixture(scope="session")
def grounder(encoder: Encoder) -> Grounder:
    return Grounder(KoreanAnalyzer(), encoder)

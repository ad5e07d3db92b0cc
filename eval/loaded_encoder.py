"""The embedding model of an evaluation, its loading told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eval.progress import Progress

if TYPE_CHECKING:
    from eval.in_process import Surroundings
    from retriever.encoder_base import Encoder

_LOADING = "임베딩 모델 준비"


def loaded_encoder(
    surroundings: Surroundings, progress: Progress, model: str | None = None
) -> Encoder:
    """Load an embedding model.

    Args:
        surroundings: where models lie and how many threads embed.
        progress: told of the loading.
        model: folder or name; the service's where it is None, the default where it is empty.

    Raises:
        GeungeoError: when the model cannot be unpacked or loaded.
    """
    from retriever.encoder import load_encoder

    chosen = surroundings.embedding_model if model is None else model
    progress(_LOADING, 0, 0)
    return load_encoder(
        chosen or None,
        surroundings.models_dir,
        threads=surroundings.threads,
        progress=lambda _step, share: progress(_LOADING, int(share * 100), 100),
    )

"""The shortest program that answers one question the peer's way.

``python -m eval.bench.peer_ask MODEL INDEX QUESTION``; imports no more than it needs, so that its
start-up is the peer's at its best.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main() -> None:
    """Print the chunk nearest to the question."""
    model_folder, index_folder, question = sys.argv[1:4]
    import importlib

    from sentence_transformers import SentenceTransformer

    faiss = importlib.import_module("faiss")
    model = SentenceTransformer(model_folder, device="cpu", local_files_only=True)
    index = faiss.read_index(str(Path(index_folder, "index.faiss")))
    chunks = json.loads(Path(index_folder, "chunks.json").read_text("utf-8"))
    vector = model.encode([question], prompt_name="query", normalize_embeddings=True)
    _, found = index.search(vector, 8)
    print(chunks[found[0][0]][0])


if __name__ == "__main__":
    main()

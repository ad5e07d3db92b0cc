"""Korean analysis, embeddings, index generations and search."""

"""Question and hits in, a grounded answer with checked citations or a refusal out."""

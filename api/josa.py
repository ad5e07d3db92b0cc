"""Korean particles in messages about names."""

from __future__ import annotations

from retriever.particles import with_particle

__all__ = ["did_you_mean", "with_particle"]


def did_you_mean(name: str) -> str:
    """Suggest a name that is close to the one that was written."""
    return f"{with_particle(name, '을/를')} 쓰려던 것인지 확인하세요."

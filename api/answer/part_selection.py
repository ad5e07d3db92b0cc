"""Which sentences answer one part of a question that asks several things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from api.answer.selection import Candidate, repeats

# Sentences are told until the answer is among them with this chance, at most so many and of so many
# characters. Of 143 questions of several things over reports (`tune`) 127 are answered right so, at
# 363 characters on average; with a chance of .8 121 at 348, with .9 127 at 386. Before the second
# hop, where those with a fifth of the best one's chance were told, as for a whole question, and at
# most three, it was 115 at 292.
ENOUGH = 0.85
MOST_OF_A_PART = 4
_BUDGET_CHARS = 500


def select_for_part(candidates: Sequence[Candidate], terms: Mapping[str, float]) -> list[Candidate]:
    """Return the sentences to tell, the likeliest first.

    A part is searched by fewer words than a whole question, and what stands beside its answer
    repeats them: how sure its best sentence is says more than which words are still missing.

    Args:
        candidates: all, the likeliest first.
        terms: the question's words with their idf; not needed.
    """
    chosen = list(candidates[:1])
    for candidate in candidates[1:]:
        told = sum(other.score for other in chosen)
        if len(chosen) == MOST_OF_A_PART or told >= ENOUGH:
            break
        length = sum(len(c.sentence.text) for c in (*chosen, candidate))
        if length <= _BUDGET_CHARS and not repeats(candidate, chosen):
            chosen.append(candidate)
    return chosen

"""Rounded token vectors made numbers again, by hand: the middle of each step times its size."""

import numpy as np
from numpy.typing import NDArray

from retriever.token_codes import TokenCodes


def decoded(found: TokenCodes) -> NDArray[np.float64]:
    """Return (tokens, dimension) vectors; an odd dimension comes back with one number more."""
    rows = []
    for codes, scale in zip(found.codes.tolist(), found.scales.tolist(), strict=True):
        steps = [byte // 16 for byte in codes] + [byte % 16 for byte in codes]
        rows.append([(step - 8 + 0.5) * scale for step in steps])
    return np.array(rows, dtype=np.float64)

"""Examples for the reference, taken from the service over the reports in ``corpus/``."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

EXAMPLES: dict[str, Any] = json.loads(
    resources.files("api").joinpath("examples.json").read_text(encoding="utf-8")
)
"""By the name of the route and ``request`` or ``response``."""

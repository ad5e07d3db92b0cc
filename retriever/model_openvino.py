"""The one place that imports OpenVINO."""

from __future__ import annotations

import sys
import threading
from typing import Any, Final

TELEMETRY: Final = "openvino_telemetry"
_IMPORT: Final = threading.Lock()


def import_openvino() -> Any:
    """Import OpenVINO with its telemetry off.

    Importing it writes an identifier into the home folder and reports the import to a web
    service. Where the telemetry package is absent OpenVINO uses a stub of its own, so the
    package is made to look absent, for this process only.

    Returns:
        The ``openvino`` module.
    """
    with _IMPORT:
        if "openvino" not in sys.modules:
            # The documented way to make an import fail; the type stubs do not know it.
            sys.modules[TELEMETRY] = None  # type: ignore[assignment]
        import openvino

        return openvino

"""The one place that imports OpenVINO."""

from __future__ import annotations

import sys
import threading
from typing import Any, Final

import numpy as np

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

        # Its bindings set up their use of NumPy at the first array, and two threads that both come
        # first wait for each other for ever. Here one comes alone.
        _ = openvino.Tensor(np.zeros(1, dtype=np.float32)).data
        return openvino

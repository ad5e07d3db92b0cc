"""Names of this computer."""

from __future__ import annotations

import ipaddress
import re

_PORT = re.compile(r":\d*$")


def is_loopback(host: str) -> bool:
    """Tell whether a name or an address means this computer alone."""
    if host.lower().removesuffix(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def names_loopback(header: str) -> bool:
    """Tell whether a ``Host`` header, with or without a port, means this computer alone."""
    name = _PORT.sub("", header.strip())
    if name.startswith("["):
        return name.endswith("]") and is_loopback(name[1:-1])
    return ":" not in name and is_loopback(name)

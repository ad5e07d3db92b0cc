"""Report files in, outlined documents and citable passages out."""

from ingest.chunk import chunk
from ingest.load import find_files, load, load_bytes

__all__ = ["chunk", "find_files", "load", "load_bytes"]

"""Where the bytes of files lie: on this machine's disk, or in a bucket of S3."""

from rift.files.opening import open_store
from rift.files.store import Missing, OutOfPlace, Store, StoreDown, Taken

__all__ = ["Missing", "OutOfPlace", "Store", "StoreDown", "Taken", "open_store"]

"""What of an instance is backed up, by its settings."""

from rift.backups.making import Source
from rift.backups.manifest import PRIVATE
from rift.config import Settings
from rift.files import open_store


async def source_of(settings: Settings, dsn: str) -> Source:
    """Its database, its files, its keys and its `rift.toml`."""
    data = settings.data_directory
    return Source(
        dsn=dsn,
        store=await open_store(settings),
        kind=settings.files.store,
        private={name: data / name for name in PRIVATE},
    )

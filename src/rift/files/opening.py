"""The place for files that the settings name."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from obstore.store import S3Store

from rift.config import Settings
from rift.files.bucket import BucketStore
from rift.files.disk import DiskStore
from rift.files.store import Store

if TYPE_CHECKING:
    from obstore.store import S3Config

_CONNECT: Final = timedelta(seconds=5)
_READ: Final = timedelta(seconds=30)
_RETRY: Final = timedelta(seconds=20)
_RETRIES: Final = 3


async def open_store(settings: Settings) -> Store:
    """Ready to be written to, unless the disk says no; whether S3 answers is seen when used."""
    if settings.files.store == "s3":
        scratch = settings.scratch_directory
        await asyncio.to_thread(scratch.mkdir, 0o700, parents=True, exist_ok=True)
        return BucketStore(_bucket(settings), scratch)
    return await open_disk(settings.files_directory)


async def open_disk(root: Path) -> DiskStore:
    store = DiskStore(root)
    await store.open()
    return store


def _bucket(settings: Settings) -> S3Store:
    files = settings.files
    config: S3Config = {
        "region": files.s3_region,
        "access_key_id": files.s3_key_id,
        "secret_access_key": files.s3_secret,
    }
    if files.s3_endpoint:
        config["endpoint"] = files.s3_endpoint
    return S3Store(
        files.s3_bucket,
        prefix=files.s3_prefix or None,
        config=config,
        client_options={
            "allow_http": files.s3_endpoint.startswith("http://"),
            "connect_timeout": _CONNECT,
            "read_timeout": _READ,
        },
        retry_config={"max_retries": _RETRIES, "retry_timeout": _RETRY},
    )

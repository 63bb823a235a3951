"""A real S3 server of the test session's own, and the stores there are."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from rift.config import Settings
from rift.config.settings import Data, Files

_START_S: Final = 60.0
_GRPC: Final = 10_000
KEY, SECRET = "tests", "a secret of tests"
LOOPBACK: Final = "127.0.0.1"


def _free_port() -> int:
    """One with room for its gRPC twin."""
    while True:
        with socket.socket() as one, socket.socket() as twin:
            one.bind((LOOPBACK, 0))
            port: int = one.getsockname()[1]
            if port + _GRPC > 65_535:
                continue
            with suppress(OSError):
                twin.bind((LOOPBACK, port + _GRPC))
                return port


class Warehouse:
    """The server; it makes buckets as they are named, and can be stopped and started again."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.ports = {name: _free_port() for name in ("master", "volume", "filer", "s3")}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def endpoint(self) -> str:
        return f"http://{LOOPBACK}:{self.ports['s3']}"

    def settings(self, bucket: str, scratch: Path, prefix: str = "rift") -> Settings:
        files = Files(
            store="s3",
            s3_endpoint=self.endpoint,
            s3_bucket=bucket,
            s3_prefix=prefix,
            s3_key_id=KEY,
            s3_secret=SECRET,
        )
        return replace(Settings(), files=files, data=Data(directory=str(scratch)))

    def environment(self, bucket: str) -> dict[str, str]:
        """The same, for a server."""
        return {
            "RIFT_FILES_STORE": "s3",
            "RIFT_FILES_S3_ENDPOINT": self.endpoint,
            "RIFT_FILES_S3_BUCKET": bucket,
            "RIFT_FILES_S3_KEY_ID": KEY,
            "RIFT_FILES_S3_SECRET": SECRET,
        }

    def start(self) -> None:
        access = {"credentials": [{"accessKey": KEY, "secretKey": SECRET}]}
        identity = {"name": "tests", "actions": ["Admin", "Read", "Write", "List"], **access}
        config = self.directory / "s3.json"
        config.write_text(json.dumps({"identities": [identity]}))
        weed = Path(sys.executable).parent / "weed"
        ports = [f"-{name}.port={port}" for name, port in self.ports.items()]
        with (self.directory / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *(str(weed), "-logdir", str(self.directory), "server", "-s3"),
                    *(f"-dir={self.directory}", f"-ip={LOOPBACK}", f"-ip.bind={LOOPBACK}", *ports),
                    # Nothing that is not asked for: two of these run side by side.
                    *("-s3.port.iceberg=0", "-s3.port.lance=0", "-master.telemetry=false"),
                    *(f"-s3.config={config}", "-master.volumeSizeLimitMB=64", "-volume.max=1000"),
                ],
                # Every bucket takes as many volumes at its first file: one will do.
                env={**os.environ, "WEED_MASTER_VOLUME_GROWTH_COPY_1": "1"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + _START_S
        while not self._answers():
            if time.monotonic() > deadline:
                raise RuntimeError("the S3 server does not answer")
            time.sleep(0.2)

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def _answers(self) -> bool:
        connection = HTTPConnection(LOOPBACK, self.ports["s3"], timeout=5)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status < 500
        except OSError:
            return False
        finally:
            connection.close()


@contextmanager
def warehouse_in(directory: Path) -> Iterator[Warehouse]:
    warehouse = Warehouse(directory)
    try:
        warehouse.start()
        yield warehouse
    finally:
        warehouse.stop()
        shutil.rmtree(directory, ignore_errors=True)

"""Calls the REST API as any client does."""

import io
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import aiohttp
import msgspec


class Refused(Exception):
    """The server said no."""


class Caller:
    """Somebody with a token, or nobody yet."""

    def __init__(self, http: aiohttp.ClientSession, url: str, token: str = "") -> None:
        self.http = http
        self.url = url
        self.token = token

    async def get(self, path: str) -> Any:
        return await self._call("GET", path)

    async def post(self, path: str, body: Any = None, why: str = "") -> Any:
        return await self._call("POST", path, body, why)

    async def put(self, path: str, body: Any = None, why: str = "") -> Any:
        return await self._call("PUT", path, body, why)

    async def patch(self, path: str, body: Any = None, why: str = "") -> Any:
        return await self._call("PATCH", path, body, why)

    async def delete(self, path: str, body: Any = None, why: str = "") -> Any:
        return await self._call("DELETE", path, body, why)

    async def send(self, path: str, body: Any, files: Sequence[tuple[str, bytes]]) -> Any:
        """A form with files."""
        form = aiohttp.FormData(quote_fields=False, default_to_multipart=True)
        form.add_field("payload_json", msgspec.json.encode(body).decode())
        for number, (name, content) in enumerate(files):
            form.add_field(f"files[{number}]", io.BytesIO(content), filename=name)
        return await self._request("POST", path, form, {})

    async def _call(self, method: str, path: str, body: Any = None, why: str = "") -> Any:
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if why:
            headers["X-Audit-Log-Reason"] = quote(why)
        data = None if body is None else io.BytesIO(msgspec.json.encode(body))
        return await self._request(method, path, data, headers)

    async def _request(self, method: str, path: str, data: Any, headers: dict[str, str]) -> Any:
        if self.token:
            headers["Authorization"] = self.token
        url = f"{self.url}/api/v10{path}"
        async with self.http.request(method, url, data=data, headers=headers) as response:
            raw = await response.read()
        if response.status >= 400:
            raise Refused(f"{method} {path} -> {response.status}: {raw.decode()}")
        return msgspec.json.decode(raw) if raw else None

"""A small REST client for setting the scene."""

import http.client
from typing import Any, Final

import msgspec

API: Final = "/api/v10"
_TIMEOUT_S: Final = 60.0


class RefusedError(Exception):
    """The server answered a request of the set-up with an error."""


class Client:
    """One keep-alive connection, with or without an authorization."""

    def __init__(self, port: int, authorization: str = "") -> None:
        self.port = port
        self.authorization = authorization
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_S)

    def post(self, path: str, body: object = None) -> Any:
        return self.call("POST", path, body)

    def patch(self, path: str, body: object) -> Any:
        return self.call("PATCH", path, body)

    def put(self, path: str, body: object = None) -> Any:
        return self.call("PUT", path, body)

    def get(self, path: str) -> Any:
        return self.call("GET", path)

    def call(self, method: str, path: str, body: object = None) -> Any:
        text = self.bytes(method, path, body)
        return msgspec.json.decode(text) if text else None

    def bytes(self, method: str, path: str, body: object = None) -> bytes:
        """The body of the answer as it came."""
        return self.answer(method, path, body)[1]

    def answer(self, method: str, path: str, body: object = None) -> tuple[set[str], bytes]:
        """The names of the answer's headers, and its body."""
        payload = None if body is None else msgspec.json.encode(body)
        headers = {"Content-Type": "application/json"}
        if self.authorization:
            headers["Authorization"] = self.authorization
        try:
            self._connection.request(method, API + path, payload, headers)
            answer = self._connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            self._connection.close()
            self._connection.request(method, API + path, payload, headers)
            answer = self._connection.getresponse()
        text = answer.read()
        if answer.status >= 400:
            raise RefusedError(f"{method} {path}: {answer.status} {text.decode()[:500]}")
        return {name.lower() for name in answer.headers}, text

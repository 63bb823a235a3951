"""A door under attack: how one asks there, and how it is to refuse."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

import msgspec
from yarl import URL

from tests.hostile.scene import Description, Operation, Scene


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """One of the doors of the scene's server, called as the owner of everything."""

    scene: Scene
    described: Description
    prefix: str
    authorization: str
    fill: Callable[..., str]
    """A described path with its parameters filled in."""
    check_refusal: Callable[[Any], None]
    """Whether a refusal is spelled as the door spells it."""
    is_form_error: Callable[[Any], bool]
    """Whether it says which fields were wrong."""
    not_ids: Sequence[str]
    strangers: Sequence[str]
    """Ids of nothing."""

    def bodies(self) -> Iterator[tuple[Operation, str, set[str]]]:
        """Every field of every body, with the kinds of JSON it takes."""
        for operation in self.described.operations:
            for name, schema in self.described.fields(operation.body).items():
                yield operation, name, self.described.kinds(schema)

    async def send(self, operation: Operation, body: bytes, **ids: str) -> tuple[int, Any]:
        """One request to an operation."""
        return await self.ask(operation.method, self.fill(operation.path, **ids), body)

    async def ask(self, method: str, path: str, body: bytes | None) -> tuple[int, Any]:
        """The status and the answer, which is a success or refuses as this door does."""
        headers: Mapping[str, str] = {
            "Authorization": self.authorization,
            "Content-Type": "application/json",
        }
        server = self.scene.server
        address = URL(f"{server.url}{self.prefix}{path}", encoded=True)  # not to be mended
        data = None if body is None else BytesIO(body)
        async with server.http.request(method, address, data=data, headers=headers) as response:
            raw = await response.read()
            answer = msgspec.json.decode(raw) if raw else None
            assert response.status < 500, f"{method} {path} {body!r}: {response.status} {answer}"
            if response.status >= 400:
                assert response.headers["Content-Type"] == "application/json"
                self.check_refusal(answer)
            return response.status, answer

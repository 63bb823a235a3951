"""Somebody with second factors: their authenticator, backup codes and passkeys."""

import time
from typing import Any, Final

import pyotp

from tests.api import Api, Person, Reply
from tests.authenticator import Passkey
from tests.server import Server

PASSWORD: Final = "correct horse battery"
KEYS: Final = "/users/@me/mfa/webauthn/credentials"
_STEP_S: Final = 30


class Keychain:
    """A person, and what they log in with besides their password."""

    def __init__(self, server: Server, person: Person) -> None:
        self.server = server
        self.person = person
        self.secret = pyotp.random_base32()
        self.codes: list[str] = []
        self._step = 0

    @classmethod
    async def new(cls, server: Server, name: str | None = None) -> "Keychain":
        return cls(server, await server.person(name))

    @classmethod
    async def with_totp(cls, server: Server, name: str | None = None) -> "Keychain":
        made = await cls.new(server, name)
        await made.enable()
        return made

    @property
    def name(self) -> str:
        return str(self.person.user["username"])

    def code(self) -> str:
        """A code that was not used yet: of this step, or of the next before its time."""
        now = int(time.time()) // _STEP_S
        self._step = max(self._step + 1, now - 1)
        assert self._step <= now + 1, "more codes were asked for than there are steps"
        return pyotp.TOTP(self.secret).generate_otp(self._step)

    def wrong_code(self) -> str:
        """Six digits that are the code of no step near."""
        now = int(time.time()) // _STEP_S
        near = {pyotp.TOTP(self.secret).generate_otp(now + offset) for offset in range(-3, 4)}
        return next(code for code in ("000000", "111111", "222222", *near) if code not in near)

    async def enable(self) -> dict[str, Any]:
        """Take the authenticator into use."""
        body = {"password": PASSWORD, "secret": self.secret, "code": self.code()}
        made: dict[str, Any] = await self.person.post("/users/@me/mfa/totp/enable", body)
        self.codes = [one["code"] for one in made["backup_codes"]]
        self.become(made["token"])
        return made

    def become(self, token: str) -> None:
        """Go on with another token."""
        self.person = Person(self.person.api.with_token(token), self.person.user)

    async def begin(self) -> dict[str, Any]:
        """Log in as far as the password goes."""
        body = {"login": self.name, "password": PASSWORD}
        begun: dict[str, Any] = await self.server.guest.post("/auth/login", body)
        return begun

    async def finish(self, method: str, begun: dict[str, Any], code: str, **more: Any) -> Reply:
        body = {"ticket": begun["ticket"], "code": code, **more}
        return await self.server.guest.call("POST", f"/auth/mfa/{method}", body)

    async def log_in(self) -> Api:
        """Another session, with a code."""
        reply = await self.finish("totp", await self.begin(), self.code())
        assert reply.status == 200, reply.body
        return self.server.guest.with_token(reply.body["token"])

    async def prove(self, refused: Reply, method: str, data: str) -> dict[str, str]:
        """The header that a refusal asks for."""
        body = {"ticket": refused.body["mfa"]["ticket"], "mfa_type": method, "data": data}
        token = (await self.person.post("/mfa/finish", body))["token"]
        return {"X-Discord-MFA-Authorization": token}

    async def proof(self) -> dict[str, str]:
        """The header, by what this person has: a code, or the password."""
        refused = await self.person.refused("POST", KEYS, {})
        methods = {one["type"] for one in refused.body["mfa"]["methods"]}
        if "password" in methods:
            return await self.prove(refused, "password", PASSWORD)
        if "totp" in methods:
            return await self.prove(refused, "totp", self.code())
        return await self.prove(refused, "backup", self.codes.pop())

    async def passkey(self, name: str = "My key", **options: Any) -> tuple[Passkey, dict[str, Any]]:
        """A new passkey, taken into use, and how it is shown."""
        proof = await self.proof()
        asked = await self.person.post(KEYS, {}, headers=proof)
        key = Passkey(self.server.url, asked["challenge"], **options)
        body = {"name": name, "ticket": asked["ticket"], "credential": key.made}
        added: dict[str, Any] = await self.person.post(KEYS, body, headers=proof)
        if not self.codes:
            self.codes = [one["code"] for one in added["backup_codes"]]
        return key, added

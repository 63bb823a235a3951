"""What can be done with OAuth2: consent, exchange codes for tokens, and end what was granted."""

from typing import Final

from msgspec import UNSET
from msgspec.structs import replace

from rift import errors
from rift.core.accounts.tokens import token_hash
from rift.core.actor import Actor, Visit
from rift.core.applications import installing, shapes
from rift.core.applications import queries as application_queries
from rift.core.commands import installing as taking
from rift.core.integrations import keeping as integrations
from rift.core.oauth2 import asking, granting, openid, queries
from rift.core.oauth2.asking import Ask
from rift.core.oauth2.refusals import InvalidGrant, InvalidScope, UnsupportedGrantType
from rift.core.role_connections import verbs as role_connections
from rift.core.unit import Row, Unit
from rift.errors import REQUIRED, InvalidForm
from rift.snowflake import Snowflake
from rift.wire.applications import Application
from rift.wire.oauth2 import (
    ACTING,
    INSTALLING,
    READING,
    WRITING,
    AccessToken,
    Authorization,
    AuthorizationPage,
    Authorize,
    Authorized,
    AuthorizeQuery,
    CurrentAuthorization,
    TokenForm,
)

_Answer = dict[str, str]
"""What the browser carries back."""

_DENIED: Final[_Answer] = {
    "error": "access_denied",
    "error_description": "The resource owner or authorization server denied the request",
}


async def show(unit: Unit, actor: Actor, query: AuthorizeQuery) -> AuthorizationPage:
    """What to know before consenting: who asks for what, and the guilds one could bring it to."""
    actor.must_be_person()
    asked = await asking.ask(unit, actor, query)
    guilds = await installing.manageable(unit, actor)
    application, scopes = asked.application, list(asked.scopes)
    before = await unit.one(queries.CONSENTED, actor.id, application["id"], scopes)
    [shown] = await shapes.applications(unit, [application])
    return AuthorizationPage(
        application=shapes.public(shown),
        user=actor.user,
        authorized=before["consented"],
        bot=shown.bot,
        guilds=guilds,
        redirect_uri=asked.redirect_uri,
        scopes=scopes,
    )


async def authorize(unit: Unit, actor: Actor, query: AuthorizeQuery, body: Authorize) -> Authorized:
    """Consent or decline; the bot joins, and the application gets its code or token."""
    actor.must_be_person()
    asked = await asking.ask(unit, actor, query)
    if not body.authorize:
        return Authorized(location=asked.location(_DENIED))
    installed = await _installed(unit, actor, asked, body)
    granted = await _granted(unit, actor, asked, installed)
    return Authorized(location=asked.location({**granted, **installed}))


def proves_itself(form: TokenForm) -> bool:
    """Whether what is exchanged is proof enough of a client that keeps no secret.

    A refresh token is; a code is with the verifier that only who asked for it knows.
    """
    if form.grant_type == "authorization_code":
        return form.code_verifier is not None
    return form.grant_type == "refresh_token"


async def exchange(unit: Unit, client: Row, form: TokenForm, visit: Visit) -> AccessToken:
    """Tokens for a code, for a refresh token, or for the application's own owner."""
    match form.grant_type:
        case "authorization_code":
            grant, made = await _spent(unit, client, "code", form.code or "", form)
            made = openid.with_identity(unit, grant, made, visit, form.code or "")
            return await _with_guild(unit, grant, made)
        case "refresh_token":
            grant, made = await _spent(unit, client, "refresh", form.refresh_token or "", form)
            return openid.with_identity(unit, grant, made, visit, "")
        case "client_credentials":
            return await _own(unit, client, form)
    raise UnsupportedGrantType


async def revoke(unit: Unit, client: Row, token: str) -> None:
    """End a consent by either of its tokens; a token of nobody is as good as revoked."""
    await unit.run(queries.REVOKE, token_hash(token), client["id"])


async def fetch_current(unit: Unit, actor: Actor) -> CurrentAuthorization:
    """What the token that asks allows."""
    grant = actor.grant
    if grant is None:
        raise errors.Unauthorized
    applications = await _applications(unit, [grant.application_id])
    return CurrentAuthorization(
        application=applications[grant.application_id],
        scopes=sorted(grant.scopes),
        expires=grant.expires_at,
        user=actor.user if "identify" in grant.scopes else UNSET,
    )


async def list_own(unit: Unit, actor: Actor) -> list[Authorization]:
    """What one has consented to, application by application."""
    actor.must_be_person()
    rows = await unit.all(queries.OF_USER, actor.id)
    applications = await _applications(unit, [row["application_id"] for row in rows])
    return [
        Authorization(
            id=row["id"], application=applications[row["application_id"]], scopes=row["scopes"]
        )
        for row in rows
    ]


async def withdraw(unit: Unit, actor: Actor, grant_id: Snowflake) -> None:
    """Take everything back that the application of a consent was granted."""
    actor.must_be_person()
    ended = await unit.all(queries.END_OF_USER, grant_id, actor.id)
    if not ended:
        raise errors.UnknownToken
    application_id = ended[0]["application_id"]
    await role_connections.forget(unit, actor, application_id)
    await taking.give_up(unit, actor, application_id)


async def prune(unit: Unit) -> None:
    """Forget the consents that ended by themselves."""
    await unit.run(queries.PRUNE)


async def _installed(unit: Unit, actor: Actor, asked: Ask, body: Authorize) -> _Answer:
    """Bring the application into a guild, if it asks for that."""
    if INSTALLING.isdisjoint(asked.scopes):
        return {}
    if (body.integration_type or asked.query.integration_type) == taking.WITH_ONESELF:
        await taking.take(unit, actor, asked)
        return {}
    guild_id = body.guild_id or asked.query.guild_id
    if guild_id is None:
        if "bot" in asked.scopes or not asked.is_login:
            raise InvalidForm({"guild_id": [REQUIRED]})
        return {}
    bot_id = asked.application["bot_id"] if "bot" in asked.scopes else None
    wished = int(body.permissions or asked.query.permissions or 0)
    granted = await installing.install(unit, actor, guild_id, bot_id, wished)
    scopes = INSTALLING.intersection(asked.scopes)
    await integrations.come(unit, actor, guild_id, asked.application["id"], scopes)
    return {"guild_id": guild_id, "permissions": str(granted)}


async def _granted(unit: Unit, actor: Actor, asked: Ask, installed: _Answer) -> _Answer:
    """The code or token for the application, if it asks for one."""
    if not asked.is_login:
        return {}
    guild_id = installed.get("guild_id")
    grant = await granting.begin(unit, actor.id, asked, guild_id)
    if asked.query.response_type == "code":
        return {"code": await granting.code(unit, grant, asked.query.nonce)}
    made = await granting.tokens(unit, grant, refreshable=False)
    return {
        "access_token": made.access_token,
        "token_type": made.token_type,
        "expires_in": str(made.expires_in),
        "scope": made.scope,
    }


async def _spent(
    unit: Unit, client: Row, kind: str, secret: str, form: TokenForm
) -> tuple[Row, AccessToken]:
    """A consent and the tokens for a code or refresh token that is good once.

    If it comes a second time, one of the two who know it is a thief: all that came of it ends.
    """
    made, hashed = None, token_hash(secret)
    # A unit of its own: what is spent or ended stays so when the answer is a refusal.
    async with Unit(unit.house) as spending:
        grant = await spending.maybe(queries.HOLD, hashed, kind, client["id"])
        if grant is None:
            pass
        elif not await spending.run(queries.SPEND, hashed):
            await spending.run(queries.END_IF_SPENT, grant["id"], hashed)
        elif kind == "refresh" or _fits(grant, form):
            made = await granting.tokens(spending, grant, refreshable=True)
    if grant is None or made is None:
        raise InvalidGrant
    return grant, made


def _fits(grant: Row, form: TokenForm) -> bool:
    """Whether a code comes back from where it was sent, and from who asked for it."""
    return form.redirect_uri == grant["redirect_uri"] and granting.verifies(
        grant, form.code_verifier
    )


async def _with_guild(unit: Unit, grant: Row, made: AccessToken) -> AccessToken:
    """Tell which guild the bot came into, if it is there."""
    picture = None
    if grant["guild_id"] is not None:
        picture = await unit.world.guild(grant["guild_id"])
    if picture is None or await unit.world.member(picture, grant["application_id"]) is None:
        return made
    return replace(made, guild=picture.whole())


async def _own(unit: Unit, client: Row, form: TokenForm) -> AccessToken:
    scopes = tuple(dict.fromkeys((form.scope or "identify").split()))
    if not scopes or not (READING | ACTING | WRITING).issuperset(scopes):
        raise InvalidScope
    grant = await granting.begin_own(unit, client, scopes)
    return await granting.tokens(unit, grant, refreshable=False)


async def _applications(unit: Unit, ids: list[str]) -> dict[str, Application]:
    rows = await unit.all(application_queries.SOME, ids)
    shown = await shapes.applications(unit, rows)
    return {one.id: shapes.public(one) for one in shown}

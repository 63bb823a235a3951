"""The SQL of OAuth2."""

from typing import Final

CLIENT: Final = """
select id, owner_id, secret_hash, flags
from applications
where id = $1
"""

INSERT_GRANT: Final = """
insert into oauth2_grants
    (id, application_id, user_id, scopes, guild_id, redirect_uri, challenge, challenge_method,
    expires_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""

INSERT_TOKENS: Final = """
insert into oauth2_tokens (hash, grant_id, kind, expires_at)
select hash, $1, kind, expires_at
from unnest($2::bytea[], $3::text[], $4::timestamptz[]) as fresh (hash, kind, expires_at)
"""

# Who comes with the same code or refresh token at the same time waits here.
HOLD: Final = """
select
    oauth2_grants.id, oauth2_grants.application_id, oauth2_grants.user_id,
    oauth2_grants.scopes, oauth2_grants.guild_id, oauth2_grants.redirect_uri,
    oauth2_grants.challenge, oauth2_grants.challenge_method
from oauth2_tokens
join oauth2_grants on oauth2_grants.id = oauth2_tokens.grant_id
join users on users.id = oauth2_grants.user_id
where oauth2_tokens.hash = $1
    and oauth2_tokens.kind = $2
    and oauth2_grants.application_id = $3
    and not users.disabled
for update of oauth2_grants
"""

SPEND: Final = """
update oauth2_tokens
set spent_at = now()
where hash = $1 and spent_at is null and expires_at > now()
"""

END_IF_SPENT: Final = """
delete from oauth2_grants
where id = $1 and exists (
    select from oauth2_tokens
    where hash = $2 and spent_at is not null
)
"""

END_ACCESS: Final = """
delete from oauth2_tokens
where grant_id = $1 and kind = 'access'
"""

PROLONG: Final = """
update oauth2_grants
set expires_at = $2
where id = $1
"""

REVOKE: Final = """
delete from oauth2_grants
using oauth2_tokens
where oauth2_tokens.grant_id = oauth2_grants.id
    and oauth2_tokens.kind in ('access', 'refresh')
    and oauth2_tokens.hash = $1
    and oauth2_grants.application_id = $2
"""

END_OF_USER: Final = """
delete from oauth2_grants
using oauth2_grants as chosen
where chosen.id = $1
    and chosen.user_id = $2
    and oauth2_grants.user_id = chosen.user_id
    and oauth2_grants.application_id = chosen.application_id
returning oauth2_grants.application_id
"""

OF_USER: Final = """
select min(id) as id, application_id, array_agg(distinct scope order by scope) as scopes
from oauth2_grants
cross join unnest(scopes) as scope
where user_id = $1 and expires_at > now()
group by application_id
order by application_id
"""

CONSENTED: Final = """
select exists (
    select from oauth2_grants
    where user_id = $1 and application_id = $2 and scopes @> $3 and expires_at > now()
) as consented
"""

BEARER: Final = """
select
    oauth2_grants.id as grant_id, oauth2_grants.application_id, oauth2_grants.scopes,
    oauth2_tokens.expires_at,
    users.id, users.username, users.discriminator, users.global_name, users.avatar,
    users.banner, users.accent_color, users.bot, users.flags, users.flags as public_flags,
    users.locale, users.email, (users.email is null or users.verified) as verified,
    exists (
        select from factors
        where factors.user_id = users.id and factors.kind in ('totp', 'passkey')
    ) as mfa_enabled
from oauth2_tokens
join oauth2_grants on oauth2_grants.id = oauth2_tokens.grant_id
join users on users.id = oauth2_grants.user_id
where oauth2_tokens.hash = $1
    and oauth2_tokens.kind = 'access'
    and oauth2_tokens.expires_at > now()
    and not users.disabled
"""

PRUNE: Final = """
delete from oauth2_grants
where expires_at < now()
"""

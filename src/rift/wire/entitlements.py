"""Questions about purchases, as client libraries ask them."""

from typing import Annotated

from msgspec import Meta, Struct

from rift.snowflake import SnowflakeInput

_Limit = Annotated[int, Meta(ge=1, le=100)]
_SkuIds = Annotated[str, Meta(max_length=2100)]
"""Up to a hundred, with commas between them."""


class EntitlementsQuery(Struct, frozen=True, kw_only=True):
    user_id: SnowflakeInput | None = None
    sku_ids: _SkuIds | None = None
    guild_id: SnowflakeInput | None = None
    before: SnowflakeInput | None = None
    after: SnowflakeInput | None = None
    limit: _Limit = 100
    exclude_ended: bool = False
    exclude_deleted: bool = True
    only_active: bool = False


class OwnEntitlementsQuery(Struct, frozen=True, kw_only=True):
    sku_ids: _SkuIds | None = None
    exclude_consumed: bool = True


class SubscriptionsQuery(Struct, frozen=True, kw_only=True):
    before: SnowflakeInput | None = None
    after: SnowflakeInput | None = None
    limit: _Limit = 50
    user_id: SnowflakeInput | None = None

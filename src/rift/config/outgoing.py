"""The settings of what the server asks others for, or sends them."""

from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

_SECRET: Final = {"secret": True}


class Previews(Struct, frozen=True, kw_only=True):
    """What the server fetches of the links in messages, to show what is behind them."""

    enabled: Annotated[
        bool,
        Meta(
            description=(
                "Whether links get previews. The server then calls the sites that people link "
                "to, and names itself and `instance.name` there; readers call nobody."
            )
        ),
    ] = True
    direct_messages: Annotated[
        bool, Meta(description="Whether links in direct messages and groups get them too.")
    ] = False
    allow_domains: Annotated[
        tuple[str, ...],
        Meta(description="Only links to these domains, and those below them. Empty: to any."),
    ] = ()
    deny_domains: Annotated[
        tuple[str, ...],
        Meta(description="No links to these domains, nor to those below them."),
    ] = ()
    ports: Annotated[
        tuple[str, ...], Meta(description="The TCP ports at which sites may be called.")
    ] = ("80", "443")
    allow_addresses: Annotated[
        tuple[str, ...],
        Meta(
            description=(
                "Addresses or networks that may be called besides those of the public internet, "
                "such as `10.1.2.3` for a wiki in the house. Everybody who may post a link can "
                "then read there what the server can."
            )
        ),
    ] = ()
    image_bytes: Annotated[
        int, Meta(ge=1024, description="Largest image that is fetched for a preview, in bytes.")
    ] = 8_388_608
    cache_bytes: Annotated[
        int,
        Meta(
            ge=1_048_576,
            description=(
                "How much space fetched images may take. Beyond it the oldest are removed, and "
                "fetched again when somebody looks at them."
            ),
        ),
    ] = 1_073_741_824


class Push(Struct, frozen=True, kw_only=True):
    """How people are told of messages while they are away, by Web Push."""

    enabled: Annotated[
        bool,
        Meta(
            description=(
                "Whether devices may be told. The server then calls the push services of the "
                "browsers of those who ask for it, which cannot read what they carry."
            )
        ),
    ] = True
    contact: Annotated[
        str,
        Meta(
            pattern=r"^((mailto:|https://).+)?$",
            description=(
                "Where a push service finds who runs this server, such as "
                "`mailto:admin@example.org`. Empty: `mail.sender`, or else `server.public_url`."
            ),
        ),
    ] = ""
    away_s: Annotated[
        int,
        Meta(
            ge=0,
            le=3600,
            description=(
                "Seconds until a push goes out, in which the message may be read somewhere else."
            ),
        ),
    ] = 10
    ttl_hours: Annotated[
        int,
        Meta(
            ge=1, le=672, description="Hours for which a push waits for a device without network."
        ),
    ] = 24
    ports: Annotated[
        tuple[str, ...], Meta(description="The TCP ports at which push services may be called.")
    ] = ("443",)
    allow_addresses: Annotated[
        tuple[str, ...],
        Meta(
            description=(
                "Addresses or networks of push services besides those of the public internet, "
                "such as `10.1.2.3` for one in the house; where there are any, `http` will do."
            )
        ),
    ] = ()

    @property
    def schemes(self) -> tuple[str, ...]:
        return ("http", "https") if self.allow_addresses else ("https",)


class Gifs(Struct, frozen=True, kw_only=True):
    """Where GIFs are looked for, on behalf of people: with the operator's key, or not at all."""

    provider: Annotated[
        Literal["klipy", "giphy"],
        Meta(description="Who is asked. It learns what is sought, and nothing of who seeks it."),
    ] = "klipy"
    key: Annotated[
        str,
        Meta(description="The key the provider gave you. Empty: no GIFs.", extra=_SECRET),
    ] = ""
    rating: Annotated[
        Literal["g", "pg", "pg-13", "r"],
        Meta(description="What of it is shown, as films are rated."),
    ] = "pg-13"
    url: Annotated[str, Meta(description="Where its API is. Empty: where the provider has it.")] = (
        ""
    )
    file_bytes: Annotated[
        int, Meta(ge=65_536, description="Largest file of a GIF that is shown, in bytes.")
    ] = 16_777_216
    allow_addresses: Annotated[
        tuple[str, ...],
        Meta(
            description=(
                "Addresses or networks besides those of the public internet, for a provider of "
                "your own; where there are any, `http` will do."
            )
        ),
    ] = ()

    @property
    def schemes(self) -> tuple[str, ...]:
        return ("http", "https") if self.allow_addresses else ("https",)


class Interactions(Struct, frozen=True, kw_only=True):
    """How applications are told what people do with them, where they want to be told by HTTP."""

    ports: Annotated[
        tuple[str, ...], Meta(description="The TCP ports at which applications may be called.")
    ] = ("443",)
    allow_addresses: Annotated[
        tuple[str, ...],
        Meta(
            description=(
                "Addresses or networks of applications besides those of the public internet, "
                "such as `10.1.2.3` for one in the house; where there are any, `http` will do."
            )
        ),
    ] = ()

    @property
    def schemes(self) -> tuple[str, ...]:
        return ("http", "https") if self.allow_addresses else ("https",)

"""The catalogue of settings: name, type, default and meaning, section by section."""

from pathlib import Path
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from rift.config.outgoing import Gifs, Interactions, Previews, Push

_SECRET: Final = {"secret": True}


class Instance(Struct, frozen=True, kw_only=True):
    """What this installation calls itself."""

    name: Annotated[
        str,
        Meta(min_length=1, max_length=100, description="The name people see on the login page."),
    ] = "Rift"
    discovery: Annotated[
        bool,
        Meta(
            description=(
                "Whether there is a list of servers, in which those that want to are found and "
                "entered by everybody who has an account."
            )
        ),
    ] = True


class Server(Struct, frozen=True, kw_only=True):
    """Where and how the server listens."""

    host: Annotated[
        str,
        Meta(
            min_length=1,
            description="The address to listen on. `0.0.0.0` listens on every IPv4 interface.",
        ),
    ] = "127.0.0.1"
    port: Annotated[
        int,
        Meta(ge=0, le=65535, description="The TCP port. `0` lets the system choose a free one."),
    ] = 8080
    public_url: Annotated[
        str,
        Meta(
            description=(
                "The URL people use, when a proxy stands in front, such as "
                "`https://chat.example.org`. Empty: the `Host` header of each request."
            )
        ),
    ] = ""
    workers: Annotated[int, Meta(ge=1, le=64, description="Server processes sharing the port.")] = 1
    rate_limits: Annotated[
        bool,
        Meta(
            description=(
                "Whether REST, gateway and registration limits apply. Switch off only for "
                "benchmarks and tests. `RIFT_RATE_LIMITS` is a shorter name for it."
            )
        ),
    ] = True
    trusted_proxies: Annotated[
        tuple[str, ...],
        Meta(
            description=(
                "Addresses or networks whose `X-Forwarded-For` and `X-Forwarded-Proto` "
                "headers are believed."
            )
        ),
    ] = ()
    metrics_public: Annotated[
        bool, Meta(description="Whether `/metrics` answers callers outside this machine.")
    ] = False
    cors_allowed_origins: Annotated[
        tuple[str, ...],
        Meta(
            description=(
                "Web origins, besides our own, whose pages may call the API. `*` allows all."
            )
        ),
    ] = ()


class Data(Struct, frozen=True, kw_only=True):
    """Where the installation keeps what it must not lose."""

    directory: Annotated[
        str,
        Meta(
            min_length=1,
            description=(
                "The directory of the embedded database, uploaded files and `rift.toml`. "
                "A relative path counts from the working directory."
            ),
        ),
    ] = "data"


class Files(Struct, frozen=True, kw_only=True):
    """Where uploads go: to a directory of this machine, or to a bucket of S3."""

    store: Annotated[
        Literal["disk", "s3"],
        Meta(description="Where files lie: on this machine's `disk`, or in a bucket of `s3`."),
    ] = "disk"
    directory: Annotated[
        str, Meta(description="The directory of uploads. Empty: `files` in the data directory.")
    ] = ""
    cdn_url: Annotated[
        str,
        Meta(
            description=(
                "Where files and pictures are fetched from, such as `https://files.example.org`, "
                "where that is another host than `server.public_url`. Its proxy passes `/cdn/` on "
                "to this server and nothing else. Files of strangers then share no origin with "
                "the client, and a cache in front of them is easy. Empty: the same host."
            )
        ),
    ] = ""
    rendition_bytes: Annotated[
        int,
        Meta(
            ge=16_777_216,
            description=(
                "Most bytes of images made in other sizes and formats that each machine keeps in "
                "`renditions` in the data directory."
            ),
        ),
    ] = 1_073_741_824
    s3_endpoint: Annotated[
        str, Meta(description="The URL of the S3 server. Empty: the one of the region at AWS.")
    ] = ""
    s3_bucket: Annotated[str, Meta(description="The bucket, which must exist.")] = ""
    s3_prefix: Annotated[
        str, Meta(description="A folder in the bucket for our files. Empty: its root.")
    ] = ""
    s3_region: Annotated[str, Meta(min_length=1, description="The region of the bucket.")] = (
        "us-east-1"
    )
    s3_key_id: Annotated[str, Meta(description="The name of the access key.")] = ""
    s3_secret: Annotated[str, Meta(description="The secret of the access key.", extra=_SECRET)] = ""
    unposted_hours: Annotated[
        int,
        Meta(ge=1, le=8760, description="Hours for which a file waits for its message."),
    ] = 24
    deleted_days: Annotated[
        int,
        Meta(
            ge=0,
            le=3650,
            description=(
                "Days for which moderators still have the files of deleted messages; then they "
                "are gone for good, however long the text is remembered."
            ),
        ),
    ] = 7
    image_pixels: Annotated[
        int,
        Meta(
            ge=1_000_000,
            le=500_000_000,
            description="Pixels of the largest image that is looked into and made smaller.",
        ),
    ] = 64_000_000
    media_workers: Annotated[
        int,
        Meta(ge=1, le=64, description="Processes that look into images, films and sounds at once."),
    ] = 2
    media_memory_bytes: Annotated[
        int,
        Meta(
            ge=268_435_456,
            description="Address space of one of them, in bytes; what needs more is not made.",
        ),
    ] = 1_610_612_736
    clamd: Annotated[
        str,
        Meta(
            pattern=r"^(/.+|\S+:\d{1,5})?$",
            description=(
                "A ClamAV daemon every upload is shown to: the path of its socket, or "
                "`host:port`. Empty: none."
            ),
        ),
    ] = ""
    clamd_required: Annotated[
        bool,
        Meta(description="Whether uploads are refused while that daemon cannot be asked."),
    ] = False

    @property
    def cdn_origin(self) -> str:
        return self.cdn_url.rstrip("/")


class Backup(Struct, frozen=True, kw_only=True):
    """Where backups go, and when they are made."""

    directory: Annotated[
        str,
        Meta(
            description=(
                "The directory of backups, best on another disk or a network drive. "
                "Empty: `backups` in the data directory."
            )
        ),
    ] = ""
    every: Annotated[
        Literal["never", "daily", "weekly"],
        Meta(description="How often the server makes one by itself; weekly means on Sundays."),
    ] = "never"
    hour: Annotated[int, Meta(ge=0, le=23, description="The hour of the day for that, in UTC.")] = 3
    keep: Annotated[
        int,
        Meta(ge=1, le=1000, description="Backups that are kept there; the oldest go."),
    ] = 7
    files: Annotated[
        bool,
        Meta(
            description=(
                "Whether uploaded files are copied as well. Off, for files in S3 that are kept "
                "safe there: a backup then has a list of their names, and cannot bring them back."
            )
        ),
    ] = True
    bytes_per_s: Annotated[
        int,
        Meta(
            ge=0,
            description="Bytes of files a second that a running server reads for it. 0: no limit.",
        ),
    ] = 67_108_864


class Database(Struct, frozen=True, kw_only=True):
    """Which PostgreSQL holds the truth."""

    url: Annotated[
        str,
        Meta(
            description=(
                "A PostgreSQL (15 or newer) to use, such as "
                "`postgresql://rift:secret@db.example.org/rift`. Empty: the embedded one."
            ),
            extra=_SECRET,
        ),
    ] = ""
    max_connections: Annotated[
        int, Meta(ge=2, le=1000, description="The largest pool of connections of one worker.")
    ] = 16


class Bus(Struct, frozen=True, kw_only=True):
    """How several workers hear of each other's events."""

    url: Annotated[
        str,
        Meta(
            description=(
                "A NATS server that joins machines, such as `nats://bus.example.org:4222`. "
                "Empty: in-process with one worker, over Unix sockets with several."
            ),
            extra=_SECRET,
        ),
    ] = ""


class Auth(Struct, frozen=True, kw_only=True):
    """Accounts, passwords and sessions."""

    registration: Annotated[
        Literal["open", "invite", "codes", "closed"],
        Meta(
            description=(
                "Who may make an account: anybody (`open`), holders of an invite (`invite`), "
                "holders of a code the administrator made (`codes`) or nobody but the "
                "administrator (`closed`)."
            )
        ),
    ] = "open"
    departure_days: Annotated[
        int,
        Meta(
            ge=0,
            le=365,
            description="Days in which who deleted their account can still come back.",
        ),
    ] = 14
    export_hours: Annotated[
        int, Meta(ge=1, le=720, description="Hours for which a finished export of data is kept.")
    ] = 72
    session_days: Annotated[
        int, Meta(ge=1, le=3650, description="Days without use after which a session ends.")
    ] = 30
    access_token_minutes: Annotated[
        int, Meta(ge=1, le=1440, description="How long a JWT of the simple API is valid.")
    ] = 15
    jwt_secret: Annotated[
        str,
        Meta(
            description=(
                "The secret that signs JWTs, at least 16 characters. "
                "Empty: made at the first start and kept in `keys.json` in the data directory."
            ),
            extra=_SECRET,
        ),
    ] = ""
    password_length: Annotated[
        int, Meta(ge=1, le=72, description="The fewest characters of a new password.")
    ] = 8
    argon2_memory_kib: Annotated[
        int, Meta(ge=8, le=4_194_304, description="Memory to hash one password, in KiB.")
    ] = 19456
    argon2_time_cost: Annotated[int, Meta(ge=1, le=100, description="Passes over that memory.")] = 2
    argon2_parallelism: Annotated[int, Meta(ge=1, le=64, description="Lanes of that memory.")] = 1
    login_attempts_per_account: Annotated[
        int, Meta(ge=1, description="Failed logins of one account before it must wait.")
    ] = 5
    login_attempts_per_address: Annotated[
        int, Meta(ge=1, description="Failed logins from one address before it must wait.")
    ] = 20
    code_attempts_per_account: Annotated[
        int,
        Meta(
            ge=1,
            description=(
                "Wrong codes or passkeys of one account, as its second factor, before it must wait."
            ),
        ),
    ] = 5
    refreshes_per_address: Annotated[
        int, Meta(ge=1, description="Refreshes of tokens from one address before it must wait.")
    ] = 30
    login_window_s: Annotated[
        int,
        Meta(ge=1, description="Seconds over which failed logins, codes and refreshes count."),
    ] = 300
    registrations_per_address: Annotated[
        int, Meta(ge=1, description="New accounts from one address in an hour.")
    ] = 20


class Mail(Struct, frozen=True, kw_only=True):
    """How mail is sent: by an SMTP server (`host`) or an HTTP provider (`key`); or not at all."""

    host: Annotated[str, Meta(description="The SMTP server. Empty: none.")] = ""
    port: Annotated[int, Meta(ge=1, le=65535, description="The SMTP server's port.")] = 587
    security: Annotated[
        Literal["starttls", "tls", "none"],
        Meta(description="How the connection to it is encrypted; `tls` from the first byte."),
    ] = "starttls"
    user: Annotated[str, Meta(description="The name to log in with. Empty: without a login.")] = ""
    password: Annotated[str, Meta(description="The password to log in with.", extra=_SECRET)] = ""
    key: Annotated[
        str,
        Meta(description="The key of an HTTP provider, instead of an SMTP server.", extra=_SECRET),
    ] = ""
    url: Annotated[
        str, Meta(min_length=1, description="Where an HTTP provider takes mail, as Resend does.")
    ] = "https://api.resend.com/emails"
    sender: Annotated[
        str, Meta(description="The address mail comes from, such as `rift@example.org`.")
    ] = ""
    reset_minutes: Annotated[
        int, Meta(ge=5, le=1440, description="How long the link to a new password is good.")
    ] = 30

    @property
    def enabled(self) -> bool:
        return bool(self.host or self.key)


class Limits(Struct, frozen=True, kw_only=True):
    """How much of everything one may have. The defaults are Discord's."""

    message_length: Annotated[
        int, Meta(ge=1, le=100_000, description="Characters of a message.")
    ] = 2000
    guilds_per_user: Annotated[int, Meta(ge=1, description="Guilds one user may be in.")] = 200
    channels_per_guild: Annotated[int, Meta(ge=1, description="Channels of a guild.")] = 500
    active_threads_per_guild: Annotated[
        int, Meta(ge=1, description="Threads of a guild that are not archived.")
    ] = 1000
    members_per_thread: Annotated[int, Meta(ge=1, description="Members of a thread.")] = 1000
    roles_per_guild: Annotated[int, Meta(ge=1, description="Roles of a guild.")] = 250
    members_per_guild: Annotated[
        int, Meta(ge=0, description="Members of a guild. `0`: no limit.")
    ] = 0
    pins_per_channel: Annotated[int, Meta(ge=1, description="Pinned messages of a channel.")] = 250
    reactions_per_message: Annotated[
        int, Meta(ge=1, description="Different emojis on one message.")
    ] = 20
    emojis_per_guild: Annotated[
        int, Meta(ge=0, description="Emojis of a guild that stand still.")
    ] = 50
    animated_emojis_per_guild: Annotated[
        int, Meta(ge=0, description="Emojis of a guild that move.")
    ] = 50
    emojis_per_application: Annotated[int, Meta(ge=0, description="Emojis of an application.")] = (
        2000
    )
    emoji_bytes: Annotated[
        int, Meta(ge=1024, description="Largest image of an emoji, in bytes.")
    ] = 262_144
    stickers_per_guild: Annotated[int, Meta(ge=0, description="Stickers of a guild.")] = 5
    sticker_bytes: Annotated[
        int, Meta(ge=1024, description="Largest file of a sticker, in bytes.")
    ] = 524_288
    sounds_per_guild: Annotated[int, Meta(ge=0, description="Soundboard sounds of a guild.")] = 8
    sound_bytes: Annotated[
        int, Meta(ge=1024, description="Largest file of a soundboard sound, in bytes.")
    ] = 524_288
    sound_ms: Annotated[
        int, Meta(ge=1, description="Milliseconds a soundboard sound may last.")
    ] = 5200
    events_per_guild: Annotated[
        int, Meta(ge=0, description="Scheduled events of a guild that are not over.")
    ] = 100
    friends_per_user: Annotated[int, Meta(ge=0, description="Friends one user may have.")] = 1000
    group_recipients: Annotated[
        int, Meta(ge=1, le=100, description="People in a group, with the one who made it.")
    ] = 10
    body_bytes: Annotated[
        int, Meta(ge=1024, description="Largest JSON body of a request, in bytes.")
    ] = 1_048_576
    upload_bytes: Annotated[
        int,
        Meta(
            ge=1024,
            description="Largest uploaded file, in bytes. A guild's roles may allow less.",
        ),
    ] = 1_073_741_824
    message_upload_bytes: Annotated[
        int,
        Meta(
            ge=1024,
            description="Largest sum of the files of one message, where one file may not be more.",
        ),
    ] = 1_073_741_824
    picture_bytes: Annotated[
        int,
        Meta(
            ge=1024,
            le=12_582_912,
            description="Largest avatar, banner or icon, in bytes; of roles a quarter MiB at most.",
        ),
    ] = 10_485_760


class History(Struct, frozen=True, kw_only=True):
    """What is remembered of edited and deleted messages, and of what moderators did."""

    retention_days: Annotated[
        int,
        Meta(
            ge=0,
            description=(
                "Days for which earlier versions of edited and deleted messages are kept. "
                "`0`: for ever."
            ),
        ),
    ] = 0
    audit_log_days: Annotated[
        int,
        Meta(
            ge=0,
            description=(
                "Days for which the audit logs of guilds are kept, 45 as at Discord. `0`: for ever."
            ),
        ),
    ] = 45


class Gateway(Struct, frozen=True, kw_only=True):
    """The WebSocket side: heartbeats, buffers, and how often one may connect."""

    heartbeat_interval_ms: Annotated[
        int, Meta(ge=1000, le=600_000, description="Milliseconds between heartbeats.")
    ] = 41250
    max_payload_bytes: Annotated[
        int, Meta(ge=1024, description="Largest payload a client may send, in bytes.")
    ] = 15_360
    sends_per_minute: Annotated[
        int, Meta(ge=10, description="Payloads one connection may send in a minute.")
    ] = 120
    journal_events: Annotated[
        int, Meta(ge=16, description="Events kept for all sessions, to be replayed by RESUME.")
    ] = 32_768
    journal_bytes: Annotated[
        int, Meta(ge=65_536, description="Bytes of events kept for all sessions.")
    ] = 33_554_432
    session_bytes: Annotated[
        int, Meta(ge=65_536, description="Bytes kept of the events for one session alone.")
    ] = 1_048_576
    resume_window_s: Annotated[
        int, Meta(ge=10, le=3600, description="Seconds a lost session waits for its RESUME.")
    ] = 180
    identifies_per_day: Annotated[
        int, Meta(ge=1, description="Sessions one bot may begin in 24 hours.")
    ] = 1000
    max_concurrency: Annotated[
        int, Meta(ge=1, description="Sessions one bot may begin in five seconds.")
    ] = 1
    connects_per_address: Annotated[
        int, Meta(ge=1, description="Connections one address may open in a minute.")
    ] = 120
    connects_per_token: Annotated[
        int, Meta(ge=1, description="Connections one token may open in a minute.")
    ] = 30


class Log(Struct, frozen=True, kw_only=True):
    """What the server says about itself."""

    level: Annotated[
        Literal["debug", "info", "warning", "error"],
        Meta(description="The least important kind of line that is written."),
    ] = "info"
    format: Annotated[
        Literal["text", "json"], Meta(description="Lines for people or for machines.")
    ] = "text"


class Bridge(Struct, frozen=True, kw_only=True):
    """The bridge to Discord itself."""

    discord_token: Annotated[
        str,
        Meta(description="The bot token the bridge to Discord logs in with.", extra=_SECRET),
    ] = ""


class Settings(Struct, frozen=True, kw_only=True):
    """All settings, section by section."""

    instance: Instance = Instance()
    server: Server = Server()
    data: Data = Data()
    files: Files = Files()
    backup: Backup = Backup()
    database: Database = Database()
    bus: Bus = Bus()
    auth: Auth = Auth()
    mail: Mail = Mail()
    limits: Limits = Limits()
    previews: Previews = Previews()
    push: Push = Push()
    gifs: Gifs = Gifs()
    interactions: Interactions = Interactions()
    history: History = History()
    gateway: Gateway = Gateway()
    log: Log = Log()
    bridge: Bridge = Bridge()
    given: frozenset[str] = frozenset()
    """The names of those that somebody set; the others are as they are by default."""

    @property
    def data_directory(self) -> Path:
        return Path(self.data.directory).absolute()

    @property
    def files_directory(self) -> Path:
        chosen = self.files.directory
        return Path(chosen).absolute() if chosen else self.data_directory / "files"

    @property
    def backups_directory(self) -> Path:
        chosen = self.backup.directory
        return Path(chosen).absolute() if chosen else self.data_directory / "backups"

    @property
    def renditions_directory(self) -> Path:
        """Images made of others; they may be thrown away at any time."""
        return self.data_directory / "renditions"

    @property
    def scratch_directory(self) -> Path:
        """What is worked on and may be thrown away at any time."""
        return self.data_directory / "scratch"

    @property
    def console_directory(self) -> Path:
        """Where a running server listens to the shell."""
        return self.data_directory / "console"

"""The guilds of the sample community: their roles, their channels, and who is in them."""

from typing import Final, NamedTuple

from rift.permissions import Permission

_KEEPER: Final = (
    Permission.MANAGE_MESSAGES
    | Permission.MODERATE_MEMBERS
    | Permission.KICK_MEMBERS
    | Permission.BAN_MEMBERS
    | Permission.MANAGE_CHANNELS
    | Permission.MANAGE_ROLES
    | Permission.MANAGE_NICKNAMES
    | Permission.VIEW_AUDIT_LOG
    | Permission.PIN_MESSAGES
    | Permission.MENTION_EVERYONE
)
_PLAIN: Final = Permission(0)
TEXT, VOICE, NEWS = 0, 2, 5


class Rank(NamedTuple):
    """A role and those who have it."""

    name: str
    colour: int
    people: str
    adds: Permission = _PLAIN
    hoisted: bool = True
    mentionable: bool = False


class Room(NamedTuple):
    """A channel; where `of` names roles, only they see it."""

    name: str
    topic: str = ""
    kind: int = TEXT
    of: tuple[str, ...] = ()
    slow_s: int = 0


class Wing(NamedTuple):
    """A category and its channels."""

    name: str
    rooms: tuple[Room, ...]


class Place(NamedTuple):
    """A guild; the roles come from the highest to the lowest."""

    key: str
    name: str
    about: str
    hue: int
    owner: str
    ranks: tuple[Rank, ...]
    wings: tuple[Wing, ...]
    people: str
    emojis: tuple[str, ...] = ()


PLACES: Final = (
    Place(
        "longwave",
        "Longwave Club",
        "A club for people who talk to strangers through the sky.",
        205,
        "robin",
        (
            Rank("Founder", 0xE8B04A, "robin juno", Permission.ADMINISTRATOR),
            Rank("Keeper", 0x4FB286, "mira tomas", _KEEPER),
            Rank("Net control", 0x5B9DF5, "mira saoirse halden", mentionable=True),
            Rank("Builder", 0xE2725B, "tomas paloma otto bartek kofi", mentionable=True),
            Rank("Night owl", 0xB18CE8, "yuki eskil wen ines", hoisted=False),
            Rank("Machine", 0x7289A6, ""),
            Rank("New ear", 0x8FA3AD, "mateus ivy arlo noor", hoisted=False),
        ),
        (
            Wing(
                "Front door",
                (
                    Room("announcements", "What the club does next.", NEWS),
                    Room("rules", "Five of them. They are short."),
                    Room("introductions", "Who are you, and what did you hear first?"),
                ),
            ),
            Wing(
                "On the air",
                (
                    Room("general", "Anything, as long as it is friendly."),
                    Room("propagation", "What the sky is doing. The beacon reports every six hours."),
                    Room("logbook", "Contacts worth telling. One line each, please.", slow_s=5),
                    Room("sunday-net", "Every Sunday, 19:00 UTC. Check in with place and signal."),
                ),
            ),
            Wing(
                "Workbench",
                (
                    Room("antennas", "Wire, wood and string."),
                    Room("homebrew", "Things that hum, and things that should not."),
                    Room("software", "Decoders, loggers, scripts."),
                    Room("finds", "Seen at a flea market? Show us."),
                ),
            ),
            Wing("Committee", (Room("back-room", "For founders and keepers.", of=("Founder", "Keeper")),)),
            Wing(
                "Voice",
                (
                    Room("Lounge", kind=VOICE),
                    Room("Net", kind=VOICE),
                    Room("Bench, hands busy", kind=VOICE),
                ),
            ),
        ),
        "juno tomas mira eskil paloma wen otto saoirse kofi ines halden yuki bartek mateus ivy "
        "arlo noor sol caspian rasheed priya lasse hana greta bram quill devi dov nadia stromboli "
        "cheapcoils",
        ("key_up", "spark", "dipole", "good_copy", "static"),
    ),
    Place(
        "tideline",
        "Tideline",
        "Walks along the water, and pictures of it.",
        190,
        "marit",
        (
            Rank("Harbour", 0x3AA6A6, "marit rasheed", _KEEPER),
            Rank("Early bird", 0xF0A35E, "saoirse caspian ivy", mentionable=True),
        ),
        (
            Wing("Shore", (Room("walks", "Where and when."), Room("pictures", "Yours only."))),
            Wing("Voice", (Room("Campfire", kind=VOICE),)),
        ),
        "robin rasheed saoirse caspian ivy noor lucja sol greta bram devi",
        ("wave",),
    ),
    Place(
        "loaf",
        "Saturday Loaf",
        "One loaf a week. No more, no less.",
        30,
        "nadia",
        (Rank("Baker", 0xD99A4E, "nadia fergus amelie"), Rank("Crumb", 0x9C8570, "robin hana")),
        (
            Wing(
                "Kitchen",
                (Room("this-week", "The loaf of the week."), Room("recipes"), Room("disasters")),
            ),
        ),
        "robin fergus amelie hana pim zuri elio teodora",
    ),
    Place(
        "nightshift",
        "Night Shift Games",
        "Boards, cards and dice after nine.",
        275,
        "opal",
        (
            Rank("Host", 0xC77DFF, "opal jonas", _KEEPER),
            Rank("Regular", 0x64B6FF, "zuri elio greta yuki arlo", mentionable=True),
        ),
        (
            Wing("Table", (Room("lobby"), Room("game-night", "Thursdays, 21:00."), Room("rules-help"))),
            Wing("Voice", (Room("Table one", kind=VOICE), Room("Table two", kind=VOICE))),
        ),
        "robin jonas zuri elio greta yuki arlo pim bartek sol kofi mateus",
    ),
    Place(
        "garden",
        "Compiler Garden",
        "Small languages, grown slowly.",
        120,
        "priya",
        (Rank("Gardener", 0x6BBF59, "priya lasse"), Rank("Seedling", 0xA7C957, "robin kofi wen")),
        (Wing("Beds", (Room("parsers"), Room("types"), Room("show-and-tell"))),),
        "robin lasse kofi wen dov ines noor quill devi",
    ),
    Place(
        "thirdfloor",
        "Third Floor",
        "Who has the ladder?",
        15,
        "hana",
        (Rank("Key holder", 0xE56B6F, "hana pim"),),
        (Wing("Stairwell", (Room("notice-board"), Room("parcels"), Room("garden-plot"))),),
        "robin pim lucja arlo",
    ),
    Place(
        "slowreading",
        "Slow Reading",
        "Ten pages a week, discussed to the bone.",
        240,
        "teodora",
        (Rank("Reader", 0x7C83FD, "teodora dov robin amelie"),),
        (Wing("Shelf", (Room("this-book"), Room("margins"), Room("next-one"))),),
        "robin dov amelie fergus nadia devi bram",
    ),
)  # fmt: skip

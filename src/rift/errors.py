"""Every refusal: the HTTP status, Discord's code and the words a client is told."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Final, NamedTuple

import msgspec


class Refusal(Exception):
    """Raised by whatever says no; the door turns it into an answer."""

    status: ClassVar[int] = 500
    code: ClassVar[int] = 0
    message: str = "500: Internal Server Error"

    def __init__(self, message: str | None = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(self.message)

    @property
    def errors(self) -> Mapping[str, Any] | None:
        """Which fields of a form were wrong."""
        return None

    @property
    def headers(self) -> Mapping[str, str]:
        return {}

    def body(self) -> dict[str, Any]:
        """The refusal as a client reads it."""
        shape: dict[str, Any] = {"message": self.message, "code": self.code}
        if self.errors is not None:
            shape["errors"] = self.errors
        return shape


class RateLimited(Refusal):
    """Scope is `user`, `global` or `shared`."""

    status = 429
    message = "You are being rate limited."

    def __init__(
        self, retry_after: float, *, scope: str = "user", message: str | None = None
    ) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.scope = scope

    @property
    def headers(self) -> Mapping[str, str]:
        # Without Via, discord.py takes a 429 for a ban by Discord's CDN and raises.
        shape = {
            "Retry-After": str(-int(-self.retry_after // 1)),
            "X-RateLimit-Scope": self.scope,
            "Via": "1.1 rift",
        }
        if self.scope == "global":
            shape["X-RateLimit-Global"] = "true"
        return shape

    def body(self) -> dict[str, Any]:
        return {
            "message": self.message,
            "retry_after": round(self.retry_after, 3),
            "global": self.scope == "global",
            "code": self.code,
        }


class FieldError(NamedTuple):
    code: str
    message: str


REQUIRED: Final = FieldError("BASE_TYPE_REQUIRED", "This field is required")


class InvalidForm(Refusal):
    """A body or query that does not fit; the keys are paths such as `embeds.0.title`.

    The empty path is the form itself.
    """

    status = 400
    code = 50_035
    message = "Invalid Form Body"

    def __init__(self, fields: Mapping[str, Sequence[FieldError]]) -> None:
        super().__init__()
        self.fields = fields

    @classmethod
    def at(cls, path: str, code: str, message: str) -> "InvalidForm":
        """One wrong field."""
        return cls({path: [FieldError(code, message)]})

    @classmethod
    def from_validation(cls, error: msgspec.ValidationError) -> "InvalidForm":
        """What msgspec found wrong, in Discord's words and at Discord's path."""
        text, found, path = str(error).rpartition(" - at `")
        if not found:
            text, path = path, ""
        steps = _PATH_STEP.findall(path)
        missing = _MISSING_FIELD.fullmatch(text)
        if missing:
            return cls({".".join([*steps, missing[1]]): [REQUIRED]})
        return cls({".".join(steps): [_translate(text)]})

    @property
    def errors(self) -> Mapping[str, Any]:
        tree: dict[str, Any] = {}
        for path, found in self.fields.items():
            leaf = tree
            for step in filter(None, path.split(".")):
                leaf = leaf.setdefault(step, {})
            leaf.setdefault("_errors", []).extend(error._asdict() for error in found)
        return tree


def from_decoding(error: msgspec.MsgspecError) -> Refusal:
    """The refusal for a body that could not be decoded."""
    if isinstance(error, msgspec.ValidationError):
        return InvalidForm.from_validation(error)
    return InvalidJson()


# A field `.name` or an index `[3]`; values of a mapping show as `[...]` and have no step.
_PATH_STEP: Final = re.compile(r"(?<=\.)\w+|(?<=\[)\d+(?=\])")
_MISSING_FIELD: Final = re.compile(r"Object missing required field `(.+)`")


def _wrong_type(expected: str, got: str) -> FieldError:
    """`expected` as msgspec lists it: `str`, `int | null`, ..."""
    kinds = expected.split(" | ")
    if got == "null":
        return REQUIRED
    for kind in kinds:
        if kind in _CONVERSIONS:
            return _CONVERSIONS[kind]
    return FieldError("BASE_TYPE_CONVERT", f"Could not interpret {got} as {kinds[0]}.")


_CONVERSIONS: Final[Mapping[str, FieldError]] = {
    "datetime": FieldError("DATE_TIME_TYPE_PARSE", "Could not parse value. Should be ISO8601."),
    "int": FieldError("NUMBER_TYPE_COERCE", "Value is not int."),
    "float": FieldError("NUMBER_TYPE_COERCE", "Value is not float."),
    "bool": FieldError("BOOLEAN_TYPE_CONVERT", "Must be either true or false."),
    "array": FieldError("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType"),
    "object": FieldError("MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType"),
    "str": FieldError("STRING_TYPE_CONVERT", "Could not interpret value as string."),
}


def _too_short(least: str) -> FieldError:
    return FieldError("BASE_TYPE_BAD_LENGTH", f"Must be {least} or more in length.")


def _too_long(most: str) -> FieldError:
    return FieldError("BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")


def _too_small(kind: str, least: str) -> FieldError:
    words = f"{kind} value should be greater than or equal to {least}."
    return FieldError("NUMBER_TYPE_MIN", words)


def _too_large(kind: str, most: str) -> FieldError:
    words = f"{kind} value should be less than or equal to {most}."
    return FieldError("NUMBER_TYPE_MAX", words)


def _no_choice(value: str) -> FieldError:
    return FieldError("BASE_TYPE_CHOICES", f"Value {value} is not one of the choices.")


def _no_match(*_: str) -> FieldError:
    return FieldError("STRING_TYPE_REGEX", "String value did not match validation regex.")


def _no_time(*_: str) -> FieldError:
    return _CONVERSIONS["datetime"]


def _no_number(*words: str) -> FieldError:
    return FieldError("NUMBER_TYPE_COERCE", words[0])


def _out_of_range(*_: str) -> FieldError:
    return FieldError("NUMBER_TYPE_MAX", "Number is out of range.")


# msgspec tells what is wrong in words only; these are all it has for our types.
_TRANSLATIONS: Final[Sequence[tuple[re.Pattern[str], Callable[..., FieldError]]]] = tuple(
    (re.compile(pattern, re.DOTALL), translation)
    for pattern, translation in (
        (r"Expected `[^`]+` of length >= (\d+)", _too_short),
        (r"Expected `[^`]+` of length <= (\d+)", _too_long),
        (r"Expected `(\w+)` >= (\S+)", _too_small),
        (r"Expected `(\w+)` <= (\S+)", _too_large),
        (r"Expected `str` matching regex .*", _no_match),
        (r"Expected `datetime` with .*", _no_time),
        (r"Invalid RFC3339 .*", _no_time),
        (r"Invalid enum value (.+)", _no_choice),
        (r"(?:Integer value|Number) out of range", _out_of_range),
        (r"(Value \".*\" is not \w+\.)", _no_number),
        (r"Expected `([^`]+)`, got `([^`]+)`", _wrong_type),
    )
)


def _translate(text: str) -> FieldError:
    for pattern, translation in _TRANSLATIONS:
        found = pattern.fullmatch(text)
        if found:
            return translation(*found.groups())
    return FieldError("BASE_TYPE_CONVERT", text)


# The catalogue, by code.


class Unauthorized(Refusal):
    status = 401
    code = 0
    message = "401: Unauthorized"


class Forbidden(Refusal):
    status = 403
    code = 0
    message = "403: Forbidden"


class NotFound(Refusal):
    status = 404
    code = 0
    message = "404: Not Found"


class MethodNotAllowed(Refusal):
    status = 405
    code = 0
    message = "405: Method Not Allowed"


class RequestTimeout(Refusal):
    status = 408
    code = 0
    message = "408: Request Timeout"


class Conflict(Refusal):
    status = 409
    code = 0
    message = "409: Conflict"


class InternalError(Refusal):
    status = 500
    code = 0
    message = "500: Internal Server Error"


class Unavailable(Refusal):
    """The server cannot do it now, but the caller may try again."""

    status = 503
    code = 0
    message = "503: Service Unavailable"


class UnknownAccount(Refusal):
    status = 404
    code = 10_001
    message = "Unknown Account"


class UnknownApplication(Refusal):
    status = 404
    code = 10_002
    message = "Unknown Application"


class UnknownChannel(Refusal):
    status = 404
    code = 10_003
    message = "Unknown Channel"


class UnknownGuild(Refusal):
    status = 404
    code = 10_004
    message = "Unknown Guild"


class UnknownIntegration(Refusal):
    status = 404
    code = 10_005
    message = "Unknown Integration"


class UnknownInvite(Refusal):
    status = 404
    code = 10_006
    message = "Unknown Invite"


class UnknownMember(Refusal):
    status = 404
    code = 10_007
    message = "Unknown Member"


class UnknownMessage(Refusal):
    status = 404
    code = 10_008
    message = "Unknown Message"


class UnknownOverwrite(Refusal):
    status = 404
    code = 10_009
    message = "Unknown Overwrite"


class UnknownRole(Refusal):
    status = 404
    code = 10_011
    message = "Unknown Role"


class UnknownToken(Refusal):
    status = 404
    code = 10_012
    message = "Unknown Token"


class UnknownUser(Refusal):
    status = 404
    code = 10_013
    message = "Unknown User"


class UnknownEmoji(Refusal):
    status = 404
    code = 10_014
    message = "Unknown Emoji"


class UnknownWebhook(Refusal):
    status = 404
    code = 10_015
    message = "Unknown Webhook"


class UnknownSession(Refusal):
    status = 404
    code = 10_020
    message = "Unknown Session"


class UnknownAsset(Refusal):
    status = 404
    code = 10_021
    message = "Unknown Asset"


class UnknownBan(Refusal):
    status = 404
    code = 10_026
    message = "Unknown Ban"


class UnknownTemplate(Refusal):
    status = 404
    code = 10_057
    message = "Unknown Guild Template"


class UnknownSticker(Refusal):
    status = 404
    code = 10_060
    message = "Unknown Sticker"


class UnknownStickerPack(Refusal):
    status = 404
    code = 10_061
    message = "Unknown Sticker Pack"


class UnknownInteraction(Refusal):
    status = 404
    code = 10_062
    message = "Unknown interaction"


class UnknownCommand(Refusal):
    status = 404
    code = 10_063
    message = "Unknown Application Command"


class UnknownVoiceState(Refusal):
    status = 404
    code = 10_065
    message = "Unknown Voice State"


class UnknownCommandPermissions(Refusal):
    status = 404
    code = 10_066
    message = "Unknown Application Command Permissions"


class UnknownStageInstance(Refusal):
    status = 404
    code = 10_067
    message = "Unknown Stage Instance"


class UnknownVerificationForm(Refusal):
    status = 404
    code = 10_068
    message = "Unknown Guild Member Verification Form"


class UnknownWelcomeScreen(Refusal):
    status = 404
    code = 10_069
    message = "Unknown Guild Welcome Screen"


class UnknownScheduledEvent(Refusal):
    status = 404
    code = 10_070
    message = "Unknown Guild Scheduled Event"


class UnknownScheduledEventUser(Refusal):
    status = 404
    code = 10_071
    message = "Unknown Guild Scheduled Event User"


class UnknownTag(Refusal):
    status = 404
    code = 10_087
    message = "Unknown Tag"


class UnknownSound(Refusal):
    status = 404
    code = 10_097
    message = "Unknown Sound"


class BotsForbidden(Refusal):
    status = 403
    code = 20_001
    message = "Bots cannot use this endpoint"


class OnlyBots(Refusal):
    status = 403
    code = 20_002
    message = "Only bots can use this endpoint"


class NotYourApplication(Refusal):
    status = 403
    code = 20_012
    message = "You are not authorized to perform this action on this application"


class AccountLeaving(Refusal):
    """Marked for deletion; `undelete` at the login takes it back."""

    status = 403
    code = 20_011
    message = "This account is scheduled for deletion"


class AccountDisabled(Refusal):
    status = 403
    code = 20_013
    message = "This account is disabled"


class SlowmodeActive(RateLimited):
    code = 20_016
    message = "This action cannot be performed due to slowmode rate limit"


class OnlyOwner(Refusal):
    status = 403
    code = 20_018
    message = "Only the owner of this account can perform this action"


class AnnouncementEditLimit(RateLimited):
    code = 20_022
    message = "This message cannot be edited due to announcement rate limits"


class ChannelWriteLimit(RateLimited):
    code = 20_028
    message = "The write action you are performing on the channel has hit the write rate limit"


class GuildWriteLimit(RateLimited):
    code = 20_029
    message = "The write action you are performing on the server has hit the write rate limit"


class TooManyGuilds(Refusal):
    status = 400
    code = 30_001
    message = "Maximum number of guilds reached (100)"


class TooManyFriends(Refusal):
    status = 400
    code = 30_002
    message = "Maximum number of friends reached (1000)"


class TooManyPins(Refusal):
    status = 400
    code = 30_003
    message = "Maximum number of pins reached for the channel (250)"


class TooManyRecipients(Refusal):
    status = 400
    code = 30_004
    message = "Maximum number of recipients reached (10)"


class TooManyRoles(Refusal):
    status = 400
    code = 30_005
    message = "Maximum number of guild roles reached (250)"


class TooManyWebhooks(Refusal):
    status = 400
    code = 30_007
    message = "Maximum number of webhooks reached (15)"


class TooManyEmojis(Refusal):
    status = 400
    code = 30_008
    message = "Maximum number of emojis reached"


class TooManyReactions(Refusal):
    status = 400
    code = 30_010
    message = "Maximum number of reactions reached (20)"


class TooManyGroupDms(Refusal):
    status = 400
    code = 30_011
    message = "Maximum number of group DMs reached (10)"


class TooManyChannels(Refusal):
    status = 400
    code = 30_013
    message = "Maximum number of guild channels reached (500)"


class TooManyAttachments(Refusal):
    status = 400
    code = 30_015
    message = "Maximum number of attachments in a message reached (10)"


class TooManyInvites(Refusal):
    status = 400
    code = 30_016
    message = "Maximum number of invites reached (1000)"


class TooManyAnimatedEmojis(Refusal):
    status = 400
    code = 30_018
    message = "Maximum number of animated emojis reached"


class TooManyMembers(Refusal):
    status = 400
    code = 30_019
    message = "Maximum number of server members reached"


class TemplateExists(Refusal):
    status = 400
    code = 30_031
    message = "Guild already has a template"


class TooManyThreadMembers(Refusal):
    status = 400
    code = 30_033
    message = "Maximum number of thread participants has been reached"


class TooManyBans(Refusal):
    status = 400
    code = 30_035
    message = "Maximum number of bans for non-guild members have been exceeded"


class TooManyScheduledEvents(Refusal):
    status = 400
    code = 30_038
    message = "Maximum number of uncompleted guild scheduled events reached (100)"


class TooManyStickers(Refusal):
    status = 400
    code = 30_039
    message = "Maximum number of stickers reached"


class TooManySounds(Refusal):
    status = 400
    code = 30_045
    message = "Maximum number of soundboard sounds reached"


class TooManyCommands(Refusal):
    status = 400
    code = 30_032
    message = "Maximum number of application commands reached"


class TooManyCommandsToday(Refusal):
    status = 400
    code = 30_034
    message = "Max number of daily application command creates has been reached (200)"


class TooManyOldEdits(RateLimited):
    code = 30_046
    message = "Maximum number of edits to messages older than 1 hour reached. Try again later"


class TooManyOverwrites(Refusal):
    status = 400
    code = 30_060
    message = "Maximum number of channel permission overwrites reached (1000)"


class InvalidToken(Refusal):
    status = 401
    code = 40_001
    message = "Unauthorized. Provide a valid token and try again"


class AccountUnverified(Refusal):
    status = 403
    code = 40_002
    message = "You need to verify your account in order to perform this action"


class DirectMessagesTooFast(RateLimited):
    code = 40_003
    message = "You are opening direct messages too fast"


class SendingDisabled(Refusal):
    status = 403
    code = 40_004
    message = "Send messages has been temporarily disabled"


class NoMessagesInForum(Refusal):
    status = 400
    code = 40_058
    message = "Cannot send a message in a forum channel"


class NoTagsForMembers(Refusal):
    status = 400
    code = 40_066
    message = "There are no tags available that can be set by non-moderators"


class TagRequired(Refusal):
    status = 400
    code = 40_067
    message = "A tag is required to create a forum post in this channel"


class VoiceHasNoMore(Refusal):
    status = 400
    code = 50_159
    message = "Voice messages do not support additional content."


class VoiceNeedsOneRecording(Refusal):
    status = 400
    code = 50_160
    message = "Voice messages must have a single audio attachment."


class VoiceNeedsMetadata(Refusal):
    status = 400
    code = 50_161
    message = "Voice messages must have supporting metadata."


class VoiceIsFinal(Refusal):
    status = 400
    code = 50_162
    message = "Voice messages cannot be edited."


class VoiceEffectForbidden(Refusal):
    status = 403
    code = 50_167
    message = "Cannot send voice effect when user is server muted, deafened, or suppressed"


class VoiceChannelFull(Refusal):
    """Told to nobody: who wants to come in hears nothing, as at Discord."""

    status = 400
    message = "This voice channel is full"


class UploadTaken(Refusal):
    """Two send pieces of the same file."""

    status = 409
    code = 0
    message = "Somebody else is sending this file at the moment. Ask how much of it is here."


class StoreAway(Refusal):
    """Files cannot be kept or found for the moment: the place is full or out of reach."""

    status = 503
    code = 0
    message = "The server cannot store files at the moment. Try again in a few minutes."

    @property
    def headers(self) -> Mapping[str, str]:
        return {"Retry-After": "60"}


class EntityTooLarge(Refusal):
    status = 413
    code = 40_005
    message = "Request entity too large"


class FeatureDisabled(Refusal):
    status = 403
    code = 40_006
    message = "This feature has been temporarily disabled server-side"


class UserBanned(Refusal):
    status = 403
    code = 40_007
    message = "The user is banned from this guild"


class OwnsGuilds(Refusal):
    status = 400
    code = 40_011
    message = "You must transfer ownership of any owned guilds before deleting your account"


class OneParentAtATime(Refusal):
    status = 400
    code = 40_009
    message = "Only one channel can have a parent_id modified at a time"


class NotInVoice(Refusal):
    status = 400
    code = 40_032
    message = "Target user is not connected to voice"


class AlreadyCrossposted(Refusal):
    status = 400
    code = 40_033
    message = "This message has already been crossposted"


class CommandExists(Refusal):
    status = 400
    code = 40_041
    message = "An application command with that name already exists"


class InteractionAcknowledged(Refusal):
    status = 400
    code = 40_060
    message = "Interaction has already been acknowledged"


class Blocked(Refusal):
    status = 403
    code = 40_333
    message = "Your request has been blocked by this server"


class MissingAccess(Refusal):
    status = 403
    code = 50_001
    message = "Missing Access"


class InvalidAccountType(Refusal):
    status = 403
    code = 50_002
    message = "Invalid account type"


class DirectMessageForbidden(Refusal):
    status = 400
    code = 50_003
    message = "Cannot execute action on a DM channel"


class WidgetDisabled(Refusal):
    status = 403
    code = 50_004
    message = "Guild widget disabled"


class NotYourMessage(Refusal):
    status = 403
    code = 50_005
    message = "Cannot edit a message authored by another user"


class EmptyMessage(Refusal):
    status = 400
    code = 50_006
    message = "Cannot send an empty message"


class CannotMessageUser(Refusal):
    status = 403
    code = 50_007
    message = "Cannot send messages to this user"


class NotATextChannel(Refusal):
    status = 400
    code = 50_008
    message = "Cannot send messages in a non-text channel"


class VerificationTooHigh(Refusal):
    status = 403
    code = 50_009
    message = "Channel verification level is too high for you to gain access"


class ApplicationHasNoBot(Refusal):
    status = 400
    code = 50_010
    message = "OAuth2 application does not have a bot"


class TooManyApplications(Refusal):
    status = 400
    code = 50_011
    message = "OAuth2 application limit reached"


class InvalidOauthState(Refusal):
    status = 400
    code = 50_012
    message = "Invalid OAuth2 state"


class MissingPermissions(Refusal):
    status = 403
    code = 50_013
    message = "Missing Permissions"


class InvalidAuthenticationToken(Refusal):
    status = 401
    code = 50_014
    message = "Invalid authentication token provided"


class BulkDeleteCount(Refusal):
    status = 400
    code = 50_016
    message = (
        "Provided too few or too many messages to delete. Must provide at "
        "least 2 and fewer than 100 messages to delete"
    )


class PinnedElsewhere(Refusal):
    status = 400
    code = 50_019
    message = "A message can only be pinned to the channel it was sent in"


class InviteCodeInvalid(Refusal):
    status = 400
    code = 50_020
    message = "Invite code was either invalid or taken"


class SystemMessage(Refusal):
    status = 403
    code = 50_021
    message = "Cannot execute action on a system message"


class WrongChannelType(Refusal):
    status = 400
    code = 50_024
    message = "Cannot execute action on this channel type"


class InvalidOauthToken(Refusal):
    status = 401
    code = 50_025
    message = "Invalid OAuth2 access token provided"


class MissingScope(Refusal):
    status = 403
    code = 50_026
    message = "Missing required OAuth2 scope"


class InvalidWebhookToken(Refusal):
    status = 401
    code = 50_027
    message = "Invalid Webhook Token"


class InvalidRole(Refusal):
    status = 400
    code = 50_028
    message = "Invalid Role"


class InvalidRecipients(Refusal):
    status = 400
    code = 50_033
    message = "Invalid Recipient(s)"


class MessageTooOld(Refusal):
    status = 400
    code = 50_034
    message = "You can only bulk delete messages that are under 14 days old."


class BotNotInGuild(Refusal):
    status = 400
    code = 50_036
    message = "An invite was accepted to a guild the application's bot is not in"


class InvalidApiVersion(Refusal):
    status = 400
    code = 50_041
    message = "Invalid API version provided"


class FileTooLarge(Refusal):
    status = 413
    code = 50_045
    message = "File uploaded exceeds the maximum size"


class InvalidFile(Refusal):
    status = 400
    code = 50_046
    message = "Invalid file uploaded"


class InvalidGuild(Refusal):
    status = 400
    code = 50_055
    message = "Invalid Guild"


class InvalidMessageType(Refusal):
    status = 400
    code = 50_068
    message = "Invalid message type"


class CommunityChannelRequired(Refusal):
    status = 400
    code = 50_074
    message = "Cannot delete a channel required for Community guilds"


class InvalidSticker(Refusal):
    status = 400
    code = 50_081
    message = "Invalid sticker sent"


class ThreadArchived(Refusal):
    status = 400
    code = 50_083
    message = "Thread is archived"


class OtherEntityType(Refusal):
    status = 400
    code = 50_091
    message = (
        "The entity type of the event is different from the entity you are trying to start the"
        " event for"
    )


class InvalidJson(Refusal):
    status = 400
    code = 50_109
    message = "The request body contains invalid JSON."


class OwnerIsPending(Refusal):
    status = 400
    code = 50_131
    message = "Owner cannot be pending member"


class OwnerIsBot(Refusal):
    status = 400
    code = 50_132
    message = "Ownership cannot be transferred to a bot user"


class NoMutualGuilds(Refusal):
    status = 403
    code = 50_278
    message = "Cannot send messages to this user due to having no mutual guilds"


class StickerForbidden(Refusal):
    status = 403
    code = 50_600
    message = "You do not have permission to send this sticker."


class TwoFactorEnabled(Refusal):
    status = 400
    code = 60_001
    message = "Two-factor authentication is already enabled"


class TwoFactorNotEnabled(Refusal):
    status = 400
    code = 60_002
    message = "Two-factor authentication is not enabled"


class TwoFactorRequired(Refusal):
    status = 403
    code = 60_003
    message = "Two factor is required for this operation"


class InvalidTwoFactorSecret(Refusal):
    status = 400
    code = 60_005
    message = "Invalid two-factor secret"


class InvalidTwoFactorTicket(Refusal):
    status = 400
    code = 60_006
    message = "Invalid two-factor auth ticket"


class InvalidTwoFactorCode(Refusal):
    status = 400
    code = 60_008
    message = "Invalid two-factor code"


class FriendRequestsDisabled(Refusal):
    status = 400
    code = 80_000
    message = "Incoming friend requests disabled"


class FriendRequestBlocked(Refusal):
    status = 400
    code = 80_001
    message = "Friend request blocked"


class FriendOfBot(Refusal):
    status = 400
    code = 80_002
    message = "Bots cannot have friends"


class FriendOfOneself(Refusal):
    status = 400
    code = 80_003
    message = "Cannot send friend request to self"


class NoSuchTag(Refusal):
    status = 400
    code = 80_004
    message = "No users with DiscordTag exist"


class NoFriendRequest(Refusal):
    status = 400
    code = 80_005
    message = "You do not have an incoming friend request from that user"


class FriendsOnly(Refusal):
    status = 400
    code = 80_006
    message = "You need to be friends in order to make this change"


class AlreadyFriends(Refusal):
    status = 400
    code = 80_007
    message = "You are already friends with that user"


class ReactionBlocked(Refusal):
    status = 403
    code = 90_001
    message = "Reaction was blocked"


class Overloaded(Refusal):
    status = 503
    code = 130_000
    message = "API resource is currently overloaded. Try again a little later"


class StageAlreadyOpen(Refusal):
    status = 400
    code = 150_006
    message = "The Stage is already open"


class ReplyNeedsHistory(Refusal):
    status = 403
    code = 160_002
    message = "Cannot reply without permission to read message history"


class ThreadExists(Refusal):
    status = 400
    code = 160_004
    message = "A thread has already been created for this message"


class ThreadLocked(Refusal):
    status = 400
    code = 160_005
    message = "Thread is locked"


class TooManyThreads(Refusal):
    status = 400
    code = 160_006
    message = "Maximum number of active threads reached"


class TooManyAnnouncementThreads(Refusal):
    status = 400
    code = 160_007
    message = "Maximum number of active announcement threads reached"


class CannotForward(Refusal):
    status = 400
    code = 160_014
    message = "You cannot forward a message whose content you cannot read"


class InvalidLottie(Refusal):
    status = 400
    code = 170_001
    message = "Invalid Lottie JSON provided"


class LottieWithImages(Refusal):
    status = 400
    code = 170_002
    message = "Uploaded Lotties cannot contain rasterized images such as PNG or JPEG"


class StickerTooManyFrames(Refusal):
    status = 400
    code = 170_004
    message = "Sticker frame count exceeds maximum of 1000 frames"


class LottieTooLarge(Refusal):
    status = 400
    code = 170_005
    message = "Lottie animation maximum dimensions exceeded"


class StickerFrameRate(Refusal):
    status = 400
    code = 170_006
    message = "Sticker frame rate is either too small or too large"


class StickerTooLong(Refusal):
    status = 400
    code = 170_007
    message = "Sticker animation duration exceeds maximum of 5 seconds"


class ScheduledEventFinished(Refusal):
    status = 400
    code = 180_000
    message = "Cannot update a finished event"


class EmptyEventException(Refusal):
    status = 400
    code = 180_005
    message = "An exception must say in what the occurrence is otherwise"


class BlockedByAutomod(Refusal):
    status = 400
    code = 200_000
    message = "Message was blocked by automatic moderation"


class TitleBlockedByAutomod(Refusal):
    status = 400
    code = 200_001
    message = "Title was blocked by automatic moderation"


class WebhookNamesNoPost(Refusal):
    status = 400
    code = 220_001
    message = "Webhooks posted to forum channels must have a thread_name or thread_id"


class WebhookNamesTwoPosts(Refusal):
    status = 400
    code = 220_002
    message = "Webhooks posted to forum channels cannot have both a thread_name and thread_id"


class WebhookNeedsForum(Refusal):
    status = 400
    code = 220_003
    message = "Webhooks can only create threads in forum channels"


class NoServicesInForums(Refusal):
    status = 400
    code = 220_004
    message = "Webhook services cannot be used in forum channels"


class PollVotingBlocked(Refusal):
    status = 403
    code = 520_000
    message = "Poll voting blocked"


class PollExpired(Refusal):
    status = 400
    code = 520_001
    message = "Poll expired"


class PollIsFinal(Refusal):
    status = 400
    code = 520_003
    message = "Cannot edit a poll message"


class PollEmojiForbidden(Refusal):
    status = 400
    code = 520_004
    message = "Cannot use an emoji included with the poll"


class NotAPoll(Refusal):
    status = 400
    code = 520_006
    message = "Cannot expire a non-poll message"


class OnboardingNotReady(Refusal):
    status = 400
    code = 350_000
    message = "Cannot enable onboarding, requirements are not met"


class OnboardingBelowRequirements(Refusal):
    status = 400
    code = 350_001
    message = "Cannot update onboarding while below requirements"


class BulkBanFailed(Refusal):
    status = 400
    code = 500_000
    message = "Failed to ban users"

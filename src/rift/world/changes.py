"""What each event changes in a guild's picture."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from msgspec import UNSET, structs

from rift import events
from rift.wire.channels import Channel, ThreadMember
from rift.wire.happenings import ScheduledEventException, Status
from rift.wire.members import Member
from rift.wire.voice import VoiceRoom
from rift.world.picture import Picture


def apply(picture: Picture, event: events.Event) -> None:
    """Make the picture true again after what happened."""
    change = _CHANGES.get(type(event))
    if change is not None:
        change(picture, event)


def _guild_update(picture: Picture, event: events.GuildUpdate) -> None:
    picture.guild = structs.replace(event.data, roles=[], emojis=[], stickers=[])
    picture.changed()


def _channel_put(picture: Picture, event: events.ChannelCreate | events.ChannelUpdate) -> None:
    picture.channels[event.data.id] = event.data
    picture.changed()


def _channel_delete(picture: Picture, event: events.ChannelDelete) -> None:
    picture.channels.pop(event.data.id, None)
    picture.last_messages.pop(event.data.id, None)
    for thread_id in picture.threads.drop_below(event.data.id):
        picture.last_messages.pop(thread_id, None)
    _forget_channel(picture, event.data.id)
    picture.changed()


def _forget_channel(picture: Picture, channel_id: str) -> None:
    """What was in a channel goes with it."""
    picture.happenings = {
        id_: it for id_, it in picture.happenings.items() if it.channel_id != channel_id
    }
    picture.voices = {id_: it for id_, it in picture.voices.items() if it.channel_id != channel_id}
    picture.rooms.pop(channel_id, None)
    picture.stages.pop(channel_id, None)


def _pins_update(picture: Picture, event: events.ChannelPinsUpdate) -> None:
    thread = picture.threads.get(event.data.channel_id)
    if thread is not None:
        pinned = event.data.last_pin_timestamp
        picture.threads.put(structs.replace(thread, last_pin_timestamp=pinned))
    channel = picture.channels.get(event.data.channel_id)
    if channel is not None:
        picture.channels[channel.id] = structs.replace(
            channel, last_pin_timestamp=event.data.last_pin_timestamp
        )
        picture.rewrite()


def _role_put(picture: Picture, event: events.RoleCreate | events.RoleUpdate) -> None:
    picture.roles[event.data.role.id] = event.data.role
    picture.changed()


def _role_delete(picture: Picture, event: events.RoleDelete) -> None:
    role_id = event.data.role_id
    picture.roles.pop(role_id, None)
    for user_id, member in picture.members.items():
        if role_id in member.roles:
            kept = [id_ for id_ in member.roles if id_ != role_id]
            picture.members[user_id] = structs.replace(member, roles=kept)
    for channel_id, channel in picture.channels.items():
        overwrites = channel.permission_overwrites
        if overwrites is not UNSET and any(entry.id == role_id for entry in overwrites):
            left = [entry for entry in overwrites if entry.id != role_id]
            picture.channels[channel_id] = structs.replace(channel, permission_overwrites=left)
    picture.member_changed()
    picture.changed()


def _emojis_update(picture: Picture, event: events.EmojisUpdate) -> None:
    picture.emojis = {emoji.id: emoji for emoji in event.data.emojis}


def _stickers_update(picture: Picture, event: events.StickersUpdate) -> None:
    picture.stickers = {sticker.id: sticker for sticker in event.data.stickers}


def _sound_put(picture: Picture, event: events.SoundCreate | events.SoundUpdate) -> None:
    picture.sounds[event.data.sound_id] = event.data


def _sound_delete(picture: Picture, event: events.SoundDelete) -> None:
    picture.sounds.pop(event.data.sound_id, None)


def _sounds_update(picture: Picture, event: events.SoundsUpdate) -> None:
    picture.sounds = {sound.sound_id: sound for sound in event.data.soundboard_sounds}


def _happening_put(
    picture: Picture, event: events.HappeningCreate | events.HappeningUpdate
) -> None:
    if event.data.status > Status.ACTIVE:
        picture.happenings.pop(event.data.id, None)
    else:
        picture.happenings[event.data.id] = event.data


def _happening_delete(picture: Picture, event: events.HappeningDelete) -> None:
    picture.happenings.pop(event.data.id, None)


def _exception_put(
    picture: Picture, event: events.HappeningExceptionCreate | events.HappeningExceptionUpdate
) -> None:
    put = structs.replace(event.data, guild_id=UNSET)
    _except(picture, put.event_id, put.event_exception_id, [put])


def _exception_delete(picture: Picture, event: events.HappeningExceptionDelete) -> None:
    _except(picture, event.data.event_id, event.data.event_exception_id, [])


def _exceptions_delete(picture: Picture, event: events.HappeningExceptionsDelete) -> None:
    happening = picture.happenings.get(event.data.event_id)
    if happening is not None:
        plain = structs.replace(happening, guild_scheduled_event_exceptions=[])
        picture.happenings[happening.id] = plain


def _except(
    picture: Picture, event_id: str, exception_id: str, put: list[ScheduledEventException]
) -> None:
    happening = picture.happenings.get(event_id)
    if happening is not None:
        known = happening.guild_scheduled_event_exceptions
        left = [it for it in known if it.event_exception_id != exception_id]
        left = sorted([*left, *put], key=lambda it: int(it.event_exception_id))
        changed = structs.replace(happening, guild_scheduled_event_exceptions=left)
        picture.happenings[event_id] = changed


def _rule_put(picture: Picture, event: events.AutomodRuleCreate | events.AutomodRuleUpdate) -> None:
    picture.rules[event.data.id] = event.data


def _rule_delete(picture: Picture, event: events.AutomodRuleDelete) -> None:
    picture.rules.pop(event.data.id, None)


def _stage_put(picture: Picture, event: events.StageCreate | events.StageUpdate) -> None:
    picture.stages[event.data.channel_id] = event.data


def _stage_delete(picture: Picture, event: events.StageDelete) -> None:
    picture.stages.pop(event.data.channel_id, None)


def _voice_state(picture: Picture, event: events.VoiceStateUpdate) -> None:
    if event.data.channel_id is None:
        picture.voices.pop(event.data.user_id, None)
    else:
        picture.voices[event.data.user_id] = structs.replace(event.data, member=UNSET)


def _voice_status(picture: Picture, event: events.VoiceStatusUpdate) -> None:
    room = picture.rooms.get(event.data.id, VoiceRoom())
    picture.rooms[event.data.id] = structs.replace(room, status=event.data.status)


def _voice_start(picture: Picture, event: events.VoiceStartTimeUpdate) -> None:
    seconds = event.data.voice_start_time
    if seconds is None:
        picture.rooms.pop(event.data.id, None)
    else:
        room = picture.rooms.get(event.data.id, VoiceRoom())
        started_at = datetime.fromtimestamp(seconds, UTC)
        picture.rooms[event.data.id] = structs.replace(room, started_at=started_at)


def _member_add(picture: Picture, event: events.MemberAdd) -> None:
    picture.member_count += 1
    picture.member_changed(event.data.user.id)
    picture.members[event.data.user.id] = _member(event.data)


def _member_update(picture: Picture, event: events.MemberUpdate) -> None:
    picture.member_changed(event.data.user.id)
    if event.data.user.id in picture.members:
        picture.members[event.data.user.id] = _member(event.data)


def _member_remove(picture: Picture, event: events.MemberRemove) -> None:
    picture.member_count -= 1
    picture.member_changed(event.data.user.id)
    picture.members.pop(event.data.user.id, None)
    picture.voices.pop(event.data.user.id, None)
    for thread_id in picture.threads.leave_all(event.data.user.id):
        picture.forget_thread(thread_id)


def _thread_put(picture: Picture, event: events.ThreadCreate | events.ThreadUpdate) -> None:
    fields = Channel.__struct_fields__
    picture.threads.put(Channel(**{field: getattr(event.data, field) for field in fields}))


def _thread_delete(picture: Picture, event: events.ThreadDelete) -> None:
    picture.threads.drop(event.data.id)
    picture.last_messages.pop(event.data.id, None)
    picture.forget_thread(event.data.id)


def _thread_members(picture: Picture, event: events.ThreadMembersUpdate) -> None:
    thread_id = event.data.id
    came = (
        structs.replace(one, member=UNSET, presence=UNSET, muted=False, mute_config=None)
        for one in event.data.added_members
    )
    picture.threads.enter(thread_id, came)
    picture.threads.leave(thread_id, event.data.removed_member_ids)
    picture.forget_thread(thread_id)


def _thread_member(picture: Picture, event: events.ThreadMemberUpdate) -> None:
    fields = ThreadMember.__struct_fields__
    own = ThreadMember(**{field: getattr(event.data, field) for field in fields})
    picture.threads.enter(own.id, [own])


def _member(data: Member) -> Member:
    """The member alone, without the guild id that accompanies it in an event."""
    fields = Member.__struct_fields__
    return Member(**{field: getattr(data, field) for field in fields})


_CHANGES: Final[dict[type[events.Event], Callable[[Picture, Any], None]]] = {
    events.GuildUpdate: _guild_update,
    events.ChannelCreate: _channel_put,
    events.ChannelUpdate: _channel_put,
    events.ChannelDelete: _channel_delete,
    events.ChannelPinsUpdate: _pins_update,
    events.RoleCreate: _role_put,
    events.RoleUpdate: _role_put,
    events.RoleDelete: _role_delete,
    events.EmojisUpdate: _emojis_update,
    events.StickersUpdate: _stickers_update,
    events.SoundCreate: _sound_put,
    events.SoundUpdate: _sound_put,
    events.SoundDelete: _sound_delete,
    events.SoundsUpdate: _sounds_update,
    events.StageCreate: _stage_put,
    events.StageUpdate: _stage_put,
    events.StageDelete: _stage_delete,
    events.VoiceStateUpdate: _voice_state,
    events.VoiceStatusUpdate: _voice_status,
    events.VoiceStartTimeUpdate: _voice_start,
    events.HappeningCreate: _happening_put,
    events.HappeningUpdate: _happening_put,
    events.HappeningDelete: _happening_delete,
    events.HappeningExceptionCreate: _exception_put,
    events.HappeningExceptionUpdate: _exception_put,
    events.HappeningExceptionDelete: _exception_delete,
    events.HappeningExceptionsDelete: _exceptions_delete,
    events.AutomodRuleCreate: _rule_put,
    events.AutomodRuleUpdate: _rule_put,
    events.AutomodRuleDelete: _rule_delete,
    events.MemberAdd: _member_add,
    events.MemberUpdate: _member_update,
    events.MemberRemove: _member_remove,
    events.ThreadCreate: _thread_put,
    events.ThreadUpdate: _thread_put,
    events.ThreadDelete: _thread_delete,
    events.ThreadMembersUpdate: _thread_members,
    events.ThreadMemberUpdate: _thread_member,
}

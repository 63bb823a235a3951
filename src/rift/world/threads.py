"""The threads of one guild as this process knows them, and who is in each."""

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import UNSET
from msgspec.structs import replace

from rift.snowflake import Snowflake
from rift.wire.channels import Channel, ChannelType, ThreadMember

PRIVATE: Final = int(ChannelType.PRIVATE_THREAD)

Crowd = dict[str, ThreadMember]


class Threads:
    """All that are active, and archived ones that somebody came to, until they are forgotten."""

    __slots__ = ("_active", "_crowds", "_known", "_said", "private")

    def __init__(self) -> None:
        self._known: dict[str, Channel] = {}
        self._active: dict[str, None] = {}
        self._crowds: dict[str, Crowd] = {}
        self._said: dict[str, list[int]] = {}
        """How many messages there are, and how many there ever were."""
        self.private: dict[str, None] = {}
        """Those of the active ones that are for their members."""

    def __bool__(self) -> bool:
        return bool(self._active)

    def __contains__(self, thread_id: str) -> bool:
        return thread_id in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def get(self, thread_id: str) -> Channel | None:
        return self._known.get(thread_id)

    def active(self) -> Iterator[Channel]:
        return (self._known[id_] for id_ in self._active)

    def crowd(self, thread_id: str) -> Crowd:
        """Who is in a thread."""
        return self._crowds.get(thread_id, {})

    def ever(self, thread_id: str) -> int:
        """How many messages there ever were, but for what the thread began with."""
        said = self._said.get(thread_id)
        return 0 if said is None else said[1]

    def shown(self, thread_id: str, user_id: str, last: Snowflake | None) -> Channel:
        """A thread with what moves too often to be kept in it, as one user sees it."""
        thread = self._known[thread_id]
        said, ever = self._said[thread_id]
        crowd = self._crowds[thread_id]
        return replace(
            thread,
            last_message_id=last or thread.last_message_id,
            message_count=said,
            total_message_sent=ever,
            member_count=len(crowd),
            member=crowd.get(user_id, UNSET),
        )

    def put(self, thread: Channel, crowd: Iterable[ThreadMember] | None = None) -> None:
        """A thread as it is now; who is in it, where that is not known already."""
        id_ = thread.id
        if crowd is not None or id_ not in self._crowds:
            self._crowds[id_] = {one.user_id: one for one in crowd or ()}
        if id_ not in self._said:
            self._said[id_] = [thread.message_count or 0, thread.total_message_sent or 0]
        self._known[id_] = replace(thread, member=UNSET)
        self._active.pop(id_, None)
        self.private.pop(id_, None)
        if not is_archived(thread):
            self._active[id_] = None
            if thread.type == PRIVATE:
                self.private[id_] = None

    def drop(self, thread_id: str) -> None:
        for table in (self._known, self._active, self._crowds, self._said, self.private):
            table.pop(thread_id, None)

    def drop_below(self, parent_id: str) -> list[str]:
        """Drop the threads of a channel; which they were."""
        gone = [id_ for id_, thread in self._known.items() if thread.parent_id == parent_id]
        for id_ in gone:
            self.drop(id_)
        return gone

    def forget_archived(self) -> list[str]:
        """Drop what is archived: whoever wants it comes again."""
        gone = [id_ for id_ in self._known if id_ not in self._active]
        for id_ in gone:
            self.drop(id_)
        return gone

    def enter(self, thread_id: str, newcomers: Iterable[ThreadMember]) -> None:
        if thread_id in self._crowds:
            self._crowds[thread_id].update((one.user_id, one) for one in newcomers)

    def leave(self, thread_id: str, user_ids: Iterable[str]) -> None:
        for user_id in user_ids:
            self.crowd(thread_id).pop(user_id, None)

    def leave_all(self, user_id: str) -> list[str]:
        """Somebody left the guild; the private threads they were in."""
        left = [id_ for id_, crowd in self._crowds.items() if crowd.pop(user_id, None)]
        return [id_ for id_ in left if self._known[id_].type == PRIVATE]

    def note_message(self, thread_id: str) -> None:
        if thread_id in self._said:
            self._said[thread_id][0] += 1
            self._said[thread_id][1] += 1

    def note_gone(self, thread_id: str, count: int) -> None:
        if thread_id in self._said:
            said = self._said[thread_id]
            said[0] = max(0, said[0] - count)


def is_archived(thread: Channel) -> bool:
    return thread.thread_metadata is not UNSET and thread.thread_metadata.archived


def is_locked(thread: Channel) -> bool:
    return thread.thread_metadata is not UNSET and thread.thread_metadata.locked

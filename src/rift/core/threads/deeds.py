"""What the audit log says of threads: their own fields, and what makes them threads."""

from rift.core.auditlog import diffs
from rift.core.auditlog.recording import Deed
from rift.wire.auditlog import Action
from rift.wire.channels import Channel, ThreadMetadata


def of(action: Action, before: Channel | None, after: Channel | None) -> Deed:
    """A deed that made of one state of a thread another one."""
    thread = after or before
    if thread is None:
        raise ValueError("there is no thread")
    changes = [*diffs.changes(before, after), *diffs.changes(_of(before), _of(after))]
    return Deed(action, thread.id, changes)


def _of(thread: Channel | None) -> ThreadMetadata | None:
    return None if thread is None else thread.thread_metadata or None

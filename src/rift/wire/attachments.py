"""Files that are sent ahead of their message, and new addresses for those that were shown."""

from typing import Annotated

from msgspec import Meta, Struct

from rift.snowflake import Snowflake, SnowflakeInput
from rift.wire.messages import Attachment


class UploadBody(Struct, frozen=True, kw_only=True):
    filename: Annotated[str, Meta(min_length=1, max_length=1024)]
    file_size: Annotated[int, Meta(ge=0, le=2**53)]
    id: SnowflakeInput | None = None
    is_clip: bool | None = None
    original_content_type: Annotated[str, Meta(max_length=255)] | None = None
    """Nothing is made of it: a file is what its bytes say."""


class CreateUploads(Struct, frozen=True, kw_only=True):
    files: Annotated[list[UploadBody], Meta(min_length=1, max_length=10)]


class CloudAttachment(Struct, frozen=True, kw_only=True):
    """Where to send a file, and its name in the message that comes after it."""

    id: Snowflake | None
    upload_url: str
    upload_filename: str


class CloudAttachments(Struct, frozen=True, kw_only=True):
    attachments: list[CloudAttachment]


class RefreshUrls(Struct, frozen=True, kw_only=True):
    attachment_urls: Annotated[
        list[Annotated[str, Meta(max_length=4096)]], Meta(min_length=1, max_length=50)
    ]


class RefreshedUrl(Struct, frozen=True, kw_only=True):
    original: str
    refreshed: str


class RefreshedUrls(Struct, frozen=True, kw_only=True):
    refreshed_urls: list[RefreshedUrl]


class ApplicationAttachment(Struct, frozen=True, kw_only=True):
    """A file of an application that no message has."""

    attachment: Attachment

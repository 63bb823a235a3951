"""Previews of links, as unmodified client libraries hear of them."""

from pathlib import Path

import pytest

from tests.clients.conftest import Stage
from tests.clients.environments import FAMILY, Library
from tests.fetching.site import open_site
from tests.previews.street import Street, environment
from tests.server import running_server

pytestmark = [
    pytest.mark.slow,
    pytest.mark.clients,
    pytest.mark.asyncio(loop_scope="session"),
]


@pytest.mark.parametrize("library", FAMILY, ids=lambda library: library.name)
async def test_a_bot_is_told_what_is_behind_a_link(
    library: Library, database: str, tmp_path: Path
) -> None:
    async with (
        open_site() as site,
        running_server(tmp_path, environment(database, site)) as server,
        Stage.set(server, library, server.url) as stage,
    ):
        street = Street(server, site)
        image = f'<meta property="og:image" content="{street.image()}">'
        link = street.page("page", '<meta property="og:site_name" content="The Gazette">', image)
        said = await stage.say(f"look: {link}")
        await stage.client.expect("message", id=said)
        told = await stage.client.expect("embeds", id=said)
        [held] = (await stage.messages())[0]["embeds"]
        assert stage.client.complaints == []
    shown = [held["thumbnail"]["proxy_url"], 64, 48]
    assert told["embeds"] == [
        {"type": "link", "title": "A title", "url": link, "provider": "The Gazette", "image": shown}
    ]

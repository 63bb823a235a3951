"""Pictures that single messages of a webhook name by an address: fetched when somebody looks."""

from tests.fetching.site import Site
from tests.nouns.gallery import seen
from tests.previews.street import Street


async def test_a_picture_is_fetched_when_somebody_looks_at_it(street: Street, site: Site) -> None:
    path = f"/channels/{street.channel['id']}/webhooks"
    hook = await street.ann.post(path, {"name": "Herald"})
    url = street.image()
    body = {"content": "hear", "avatar_url": url}
    write = f"/webhooks/{hook['id']}/{hook['token']}?wait=true"
    said = await street.ann.post(write, body)
    again = await street.ann.post(write, body)
    face = said["author"]["avatar"]
    assert again["author"]["avatar"] == face
    place = f"avatars/{hook['id']}/{face}"
    for _ in range(2):
        shown = await seen(street.server, f"{place}.png?size=64")
        assert (shown.status, shown.headers["Content-Type"]) == (200, "image/png")
    assert street.calls("image.png") == 1
    missing = await street.ann.post(write, {"content": "x", "avatar_url": site.url("/nowhere")})
    lost = f"avatars/{hook['id']}/{missing['author']['avatar']}.png"
    assert (await seen(street.server, lost)).status == 404
    assert (await seen(street.server, f"avatars/{street.ann.id}/{face}.png")).status == 404

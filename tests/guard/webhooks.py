"""What webhooks bring and what is published: a scene for each verb."""

from typing import Final

from tests.guard.plays import Plays
from tests.guard.stage import Stage
from tests.patience import until

plays: Final = Plays()
scene = plays.scene


async def followed(stage: Stage) -> tuple[str, str]:
    """A channel of news that the open one follows, and the webhook by which it does."""
    news = await stage.owner.channel(stage.id, "news", type=5)
    body = {"webhook_channel_id": stage.open["id"]}
    made = await stage.owner.post(f"/channels/{news['id']}/followers", body)
    return news["id"], made["webhook_id"]


@scene("POST", "/channels/{channel_id}/followers")
async def _(stage: Stage) -> None:
    await followed(stage)


@scene("PATCH", "/webhooks/{webhook_id}")
async def _(stage: Stage) -> None:
    _, webhook_id = await followed(stage)
    body = {"name": "Herald", "channel_id": stage.hidden["id"]}
    await stage.owner.patch(f"/webhooks/{webhook_id}", body)


@scene("DELETE", "/webhooks/{webhook_id}")
async def _(stage: Stage) -> None:
    _, webhook_id = await followed(stage)
    await stage.owner.delete(f"/webhooks/{webhook_id}")


async def hooked(stage: Stage) -> str:
    """The address of a webhook of the open channel."""
    made = await stage.owner.post(f"/channels/{stage.open['id']}/webhooks", {"name": "Crier"})
    return f"/webhooks/{made['id']}/{made['token']}"


@scene("POST", "/channels/{channel_id}/webhooks")
async def _(stage: Stage) -> None:
    await hooked(stage)


@scene("POST", "/webhooks/{webhook_id}/{webhook_token}")
async def _(stage: Stage) -> None:
    await stage.owner.post(await hooked(stage), {"content": "hear", "username": "Another"})
    forum = await stage.owner.channel(stage.id, "questions", type=15)
    made = await stage.owner.post(f"/channels/{forum['id']}/webhooks", {"name": "Crier"})
    path = f"/webhooks/{made['id']}/{made['token']}"
    await stage.owner.post(path, {"content": "hear", "thread_name": "news"})


@scene("POST", "/webhooks/{webhook_id}/{webhook_token}/slack")
async def _(stage: Stage) -> None:
    await stage.owner.post(f"{await hooked(stage)}/slack", {"text": "as for *Slack*"})


@scene("POST", "/webhooks/{webhook_id}/{webhook_token}/github")
async def _(stage: Stage) -> None:
    body = {"repository": {"full_name": "some/thing"}}
    path = f"{await hooked(stage)}/github"
    await stage.owner.post(path, body, headers={"X-GitHub-Event": "watch"})


@scene("PATCH", "/webhooks/{webhook_id}/{webhook_token}")
async def _(stage: Stage) -> None:
    await stage.owner.patch(await hooked(stage), {"name": "Herald"})


@scene("DELETE", "/webhooks/{webhook_id}/{webhook_token}")
async def _(stage: Stage) -> None:
    await stage.owner.delete(await hooked(stage))


@scene("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}")
async def _(stage: Stage) -> None:
    path = await hooked(stage)
    said = await stage.owner.post(f"{path}?wait=true", {"content": "hear"})
    await stage.owner.patch(f"{path}/messages/{said['id']}", {"content": "hear, hear"})


@scene("DELETE", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}")
async def _(stage: Stage) -> None:
    path = await hooked(stage)
    said = await stage.owner.post(f"{path}?wait=true", {"content": "hear"})
    await stage.owner.delete(f"{path}/messages/{said['id']}")


@scene("POST", "/channels/{channel_id}/messages/{message_id}/crosspost")
async def _(stage: Stage) -> None:
    news, _ = await followed(stage)
    said = await stage.owner.say(news, "hear, hear")
    path = f"/channels/{news}/messages/{said['id']}"
    await stage.owner.post(f"{path}/crosspost")
    await arrived(stage, "hear, hear")
    await stage.owner.patch(path, {"content": "hear, hear, hear"})
    await arrived(stage, "hear, hear, hear")
    await stage.owner.delete(path)
    await arrived(stage, "[Original Message Deleted]")


async def arrived(stage: Stage, content: str) -> None:
    """An outlet carries news after the request was answered."""

    async def is_there() -> bool:
        [newest] = await stage.owner.get(f"/channels/{stage.open['id']}/messages?limit=1")
        return bool(newest["content"] == content)

    await until(is_there)

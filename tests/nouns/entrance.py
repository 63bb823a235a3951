"""A guild that lets people in step by step: a community that asks who comes."""

from typing import Any, Final

import aiohttp
import msgspec

from tests.api import Person

Json = dict[str, Any]


async def community(owner: Person, guild: Json, channel: Json) -> Json:
    """Make a guild a community."""
    features = [*(await owner.get(f"/guilds/{guild['id']}"))["features"], "COMMUNITY"]
    body = {
        "features": features,
        "rules_channel_id": channel["id"],
        "public_updates_channel_id": channel["id"],
    }
    made: Json = await owner.patch(f"/guilds/{guild['id']}", body)
    return made


def prompt(title: str, *options: Json, **more: Any) -> Json:
    """A question with its answers; clients number what is new."""
    return {"id": "0", "title": title, "options": list(options), "in_onboarding": True, **more}


def option(title: str, **more: Any) -> Json:
    return {"title": title, **more}


async def ask(owner: Person, guild: Json, channel: Json, *prompts: Json) -> Json:
    """Ask those who come."""
    body = {"enabled": True, "default_channel_ids": [channel["id"]], "prompts": list(prompts)}
    asked: Json = await owner.put(f"/guilds/{guild['id']}/onboarding", body)
    return asked


def guide(channel: Json, message: str = "Welcome, [@username]!") -> Json:
    """A guide for new members."""
    titles = ("Look around", "Say hello", "Read on")
    return {
        "enabled": True,
        "welcome_message": {"author_ids": [], "message": message},
        "new_member_actions": [
            {"channel_id": channel["id"], "action_type": number % 2, "title": title}
            for number, title in enumerate(titles)
        ],
        "resource_channels": [{"channel_id": channel["id"], "title": "Talk"}],
    }


RULES: Final = {"field_type": "TERMS", "label": "Rules", "required": True, "values": ["Be kind"]}


async def gate(owner: Person, guild: Json, *fields: Json) -> Json:
    """Let nobody speak who has not agreed to the rules, or answered."""
    body = {"enabled": True, "form_fields": list(fields) or [RULES]}
    made: Json = await owner.patch(f"/guilds/{guild['id']}/member-verification", body)
    return made


def agreed(form: Json) -> Json:
    """The form with everything agreed to."""
    fields = [{**field, "response": True} for field in form["form_fields"]]
    return {"version": form["version"], "form_fields": fields}


def meant_for(*user_ids: str, **fields: Any) -> aiohttp.FormData:
    """The form that says for whom an invite is."""
    form = aiohttp.FormData()
    if fields:
        form.add_field("payload_json", msgspec.json.encode(fields).decode())
    data = "\n".join(["user_id", *user_ids]).encode()
    form.add_field("target_users_file", data, filename="users.csv", content_type="text/csv")
    return form

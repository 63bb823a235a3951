"""How people come into a guild, as discord.py and its forks know it."""

from typing import Any

from talk import tell


class Entrance:
    """Verbs on onboarding, the widget and integrations; a part of the bot."""

    client: Any

    async def onboarding(self, guild_id: str) -> dict[str, Any]:
        found = await self.client.get_guild(int(guild_id)).onboarding()
        asked = {it.title: [option.title for option in it.options] for it in found.prompts}
        return {"enabled": found.enabled, "prompts": asked}

    async def show_widget(self, guild_id: str, channel_id: str) -> bool:
        """Show the guild to everybody; whether the library then sees it as strangers do."""
        guild = self.client.get_guild(int(guild_id))
        await guild.edit_widget(enabled=True, channel=guild.get_channel(int(channel_id)))
        return (await guild.widget()).name == guild.name

    async def integrations(self, guild_id: str) -> list[str]:
        found = await self.client.get_guild(int(guild_id)).integrations()
        return sorted(str(it.application.id) for it in found)


class EntranceEars:
    """Reports what the library dispatches of applications that come and go."""

    async def on_guild_integrations_update(self, guild: Any) -> None:
        tell("integrations", guild_id=str(guild.id))

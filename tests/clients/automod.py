"""Automatic moderation, as discord.py and its forks know it."""

from typing import Any

from talk import tell


class Moderation:
    """Verbs on rules; a part of the bot."""

    client: Any
    library: Any

    async def forbid(self, guild_id: str, word: str) -> dict[str, Any]:
        """A rule against a word; how the library reads it back."""
        made = await self._forbid(self.client.get_guild(int(guild_id)), word)
        return {"id": str(made.id), "name": made.name, "enabled": made.enabled}

    async def _forbid(self, guild: Any, word: str) -> Any:
        return await guild.create_automod_rule(
            name="words",
            event_type=self.library.AutoModRuleEventType.message_send,
            trigger=self.library.AutoModTrigger(keyword_filter=[word]),
            actions=[self.library.AutoModRuleAction()],
            enabled=True,
        )


class ModerationEars:
    """Reports what the library dispatches of rules."""

    async def on_automod_rule_create(self, rule: Any) -> None:
        tell("rule_create", id=str(rule.id), name=rule.name)

    async def on_automod_action(self, done: Any) -> None:
        tell(
            "automod",
            rule_id=str(done.rule_id),
            user_id=str(done.user_id),
            content=done.content,
            keyword=done.matched_keyword,
        )

    async def on_automod_action_execution(self, done: Any) -> None:
        """As disnake calls it."""
        await self.on_automod_action(done)

    async def on_auto_moderation_rule_create(self, rule: Any) -> None:
        """As py-cord calls it; so is the next."""
        await self.on_automod_rule_create(rule)

    async def on_auto_moderation_action_execution(self, done: Any) -> None:
        await self.on_automod_action(done)

"""hikari: somebody who greets those who come, and counts those who are there.

RIFT_URL=http://127.0.0.1:8080 RIFT_TOKEN=... python greeter.py

The application needs the privileged intents for members and for the content of messages.
"""

import os

import hikari

URL = os.environ["RIFT_URL"]

bot = hikari.GatewayBot(
    os.environ["RIFT_TOKEN"],
    rest_url=f"{URL}/api/v10",
    intents=hikari.Intents.ALL_UNPRIVILEGED
    | hikari.Intents.GUILD_MEMBERS
    | hikari.Intents.MESSAGE_CONTENT,
    banner=None,
    logs=None,
)


@bot.listen()
async def greet(event: hikari.MemberCreateEvent) -> None:
    guild = event.get_guild() or await bot.rest.fetch_guild(event.guild_id)
    if guild.system_channel_id is not None:
        words = f"Welcome to {guild.name}, {event.user.mention}!"
        await bot.rest.create_message(guild.system_channel_id, words, user_mentions=[event.user])


@bot.listen()
async def count(event: hikari.GuildMessageCreateEvent) -> None:
    if event.is_human and event.content == "!members":
        there = len(await bot.rest.fetch_members(event.guild_id))
        await event.message.respond(f"There are {there} of us.", reply=True)


@bot.listen()
async def started(_: hikari.StartedEvent) -> None:
    print("ready", flush=True)


bot.run(check_for_updates=False)

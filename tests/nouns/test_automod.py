"""Automatic moderation: what rules look for, whom they leave alone, and what comes of it."""

from typing import Any

import msgspec
import pytest

from rift.core.automod.matching import Matcher
from rift.core.automod.sentry import Sentry
from rift.snowflake import Snowflake
from rift.wire.automod import Rule, TriggerMetadata
from tests.api import Person
from tests.gateway import ALL_INTENTS
from tests.server import Server

Json = dict[str, Any]

MANAGE = str(1 << 5)


class Court:
    """An owner, a member, and the channel they talk in."""

    def __init__(self, server: Server) -> None:
        self.server = server

    async def set(self) -> "Court":
        self.owner, self.member = await self.server.person(), await self.server.person()
        self.guild = await self.owner.guild("Court")
        self.id = str(self.guild["id"])
        self.channel = await self.owner.channel(self.id, "talk")
        deny = [{"id": self.id, "type": 0, "deny": str(1 << 10)}]
        self.office = await self.owner.channel(self.id, "office", permission_overwrites=deny)
        await self.owner.bring(self.member, self.channel["id"])
        self.rules = f"/guilds/{self.id}/auto-moderation/rules"
        self.said = f"/channels/{self.channel['id']}/messages"
        return self

    async def rule(self, words: list[str], *actions: Json, **more: Any) -> Json:
        """A rule against words, which blocks if nothing else is said."""
        made: Json = await self.owner.post(self.rules, words_rule(words, *actions, **more))
        return made

    async def blocked(self, content: str, somebody: Person | None = None) -> Any:
        return await (somebody or self.member).refused("POST", self.said, {"content": content})

    def alert(self) -> Json:
        return {"type": 2, "metadata": {"channel_id": self.office["id"]}}

    async def log(self, action: int) -> list[Json]:
        path = f"/guilds/{self.id}/audit-logs?action_type={action}"
        entries: list[Json] = (await self.owner.get(path))["audit_log_entries"]
        return entries


def words_rule(words: list[str], *actions: Json, **more: Any) -> Json:
    return {
        "name": "words",
        "event_type": 1,
        "trigger_type": 1,
        "trigger_metadata": {"keyword_filter": words},
        "actions": list(actions) or [{"type": 1}],
        "enabled": True,
        **more,
    }


@pytest.mark.parametrize(
    ("word", "found", "harmless"),
    [
        ("cat", ["Cat", "the cat sat", "cat!", "(cat)"], ["catch", "wildcat", "location"]),
        ("cat*", ["catch", "CATapult", "a cat"], ["wildcat", "location"]),
        ("*cat", ["wildcat", "copyCat!"], ["catch", "location"]),
        ("*cat*", ["location", "cat", "wildcat", "catch"], ["c at"]),
        ("the mat*", ["the matrix"], ["them at", "the  mat"]),
        ("i like c++", ["I like C++!"], ["i like c"]),
        ("größe", ["GRÖẞE", "Größe."], ["größer"]),
        ("кот", ["Кот", "мой кот!"], ["котик"]),
    ],
)
def test_words_are_found_as_their_stars_say(
    word: str, found: list[str], harmless: list[str]
) -> None:
    matcher = Matcher([word])
    for text in found:
        match = matcher.find(text)
        assert match is not None, text
        assert match.matched_keyword == word
    assert [text for text in harmless if matcher.find(text)] == []


def test_what_is_allowed_covers_what_is_found_in_it_and_nothing_else() -> None:
    matcher = Matcher(["*cat*"], [r"d\dg+"], ["*location*", "concatenate", "d0g"])
    assert matcher.find("our location, and concatenate") is None
    found = matcher.find("our location has a Cat")
    assert found is not None
    assert (found.matched_keyword, found.matched_content) == ("*cat*", "Cat")
    assert matcher.find("a d0g") is None
    found = matcher.find("d0g and d1ggg")
    assert found is not None
    assert (found.matched_keyword, found.matched_content) == (r"d\dg+", "d1ggg")


async def test_a_rule_is_made_changed_shown_and_taken_away(server: Server) -> None:
    court = await Court(server).set()
    async with server.gateway(court.owner) as gateway:
        made = await court.rule(["spoiler*"], {"type": 1, "metadata": {"custom_message": "Hush"}})
        told = await gateway.expect("AUTO_MODERATION_RULE_CREATE")
        assert told.data == made
        assert made["trigger_metadata"]["regex_patterns"] == []
        path = f"{court.rules}/{made['id']}"
        after = await court.owner.patch(path, {"name": "quiet", "enabled": False})
        assert after == {**made, "name": "quiet", "enabled": False}
        assert (await gateway.expect("AUTO_MODERATION_RULE_UPDATE")).data == after
        assert await court.owner.get(path) == after
        assert await court.owner.get(court.rules) == [after]
        log = await court.owner.get(f"/guilds/{court.id}/audit-logs?action_type=141")
        assert log["auto_moderation_rules"] == [after]
        assert {change["key"] for change in log["audit_log_entries"][0]["changes"]} == {
            "name",
            "enabled",
        }
        await court.owner.delete(path)
        assert (await gateway.expect("AUTO_MODERATION_RULE_DELETE")).data == after
    assert await court.owner.get(court.rules) == []
    assert (await court.owner.refused("GET", path)).status == 404
    assert (await court.member.refused("GET", court.rules)).code == 50013
    assert (await court.member.refused("POST", court.rules, words_rule(["x"]))).code == 50013


async def test_a_form_says_what_is_wrong_with_it(server: Server) -> None:
    court = await Court(server).set()
    cases: list[tuple[Json, str]] = [
        (words_rule(["x" * 61]), "trigger_metadata.keyword_filter.0"),
        (words_rule(["x"], event_type=2), "event_type"),
        (words_rule(["x"], {"type": 4}), "actions.0.type"),
        (words_rule(["x"], {"type": 1}, {"type": 1}), "actions.1.type"),
        (words_rule(["x"], {"type": 2}), "actions.0.metadata.channel_id"),
        (words_rule(["x"], {"type": 3}), "actions.0.metadata.duration_seconds"),
        (words_rule(["x"], actions=None), "actions"),
        (words_rule([], trigger_metadata={"presets": [1]}), "trigger_metadata.presets"),
        (
            words_rule([], trigger_metadata={"regex_patterns": ["ok", "(?=no)"]}),
            "trigger_metadata.regex_patterns.1",
        ),
        (
            words_rule([], trigger_metadata={"regex_patterns": ["(a?){500}a{500}"]}),
            "trigger_metadata.regex_patterns",
        ),
        (
            words_rule([], trigger_metadata={"allow_list": ["x"] * 101}),
            "trigger_metadata.allow_list",
        ),
        (
            words_rule([], trigger_type=5, trigger_metadata={"mention_total_limit": 51}),
            "trigger_metadata.mention_total_limit",
        ),
    ]
    for body, path in cases:
        refused = await court.owner.refused("POST", court.rules, body)
        assert refused.code == 50035, path
        assert at(refused.body["errors"], path), refused.body
    assert await court.owner.get(court.rules) == []


def at(errors: Json, path: str) -> Any:
    for step in path.split("."):
        errors = errors.get(step, {})
    return errors.get("_errors")


async def test_of_each_trigger_there_are_only_so_many_rules(server: Server) -> None:
    court = await Court(server).set()
    for _ in range(6):
        await court.rule(["x"], enabled=False)
    spam = words_rule([], trigger_type=3, trigger_metadata=None)
    await court.owner.post(court.rules, spam)
    for body in (words_rule(["x"]), spam):
        refused = await court.owner.refused("POST", court.rules, body)
        code = refused.body["errors"]["trigger_type"]["_errors"][0]["code"]
        assert code == "AUTO_MODERATION_MAX_RULES_OF_TYPE_EXCEEDED"


async def test_a_blocked_message_is_refused_told_and_never_stored(server: Server) -> None:
    court = await Court(server).set()
    block = {"type": 1, "metadata": {"custom_message": "Not here"}}
    rule = await court.rule(["spoiler*"], block, court.alert())
    async with server.gateway(court.owner) as gateway:
        refused = await court.blocked("a Spoilers!")
        assert (refused.status, refused.code) == (400, 200000)
        assert refused.body["message"] == "Not here"
        alert = await gateway.expect("MESSAGE_CREATE")
        done = [(await gateway.expect("AUTO_MODERATION_ACTION_EXECUTION")).data for _ in range(2)]
    assert [one["action"]["type"] for one in done] == [1, 2]
    assert (
        done[0] | {"action": rule["actions"][1], "alert_system_message_id": alert.data["id"]}
        == (done[1])
    )
    assert done[0]["matched_keyword"] == "spoiler*"
    assert done[0]["matched_content"] == "Spoiler"
    assert done[0]["content"] == "a Spoilers!"
    assert (alert.data["type"], alert.data["channel_id"]) == (24, court.office["id"])
    [embed] = alert.data["embeds"]
    facts = {field["name"]: field["value"] for field in embed["fields"]}
    assert (embed["type"], embed["description"]) == ("auto_moderation_message", "a Spoilers!")
    assert facts["rule_name"] == "words"
    assert facts["decision_outcome"] == "blocked"
    assert await court.owner.get(court.said) == []
    [entry] = await court.log(143)
    assert (entry["user_id"], entry["target_id"]) == (court.member.id, court.member.id)
    assert entry["options"] == {
        "auto_moderation_rule_name": "words",
        "auto_moderation_rule_trigger_type": "1",
        "channel_id": court.channel["id"],
    }
    assert len(await court.log(144)) == 1


async def test_an_edit_is_looked_at_like_a_message(server: Server) -> None:
    court = await Court(server).set()
    said = await court.member.say(court.channel["id"], "fine")
    await court.rule(["spoiler"])
    path = f"{court.said}/{said['id']}"
    assert (await court.member.refused("PATCH", path, {"content": "a spoiler"})).code == 200000
    assert (await court.owner.get(path))["content"] == "fine"
    assert len(await court.log(143)) == 1


async def test_what_is_only_flagged_is_sent_and_told(server: Server) -> None:
    court = await Court(server).set()
    await court.rule(["spoiler"], court.alert())
    async with server.gateway(court.owner) as gateway:
        said = await court.member.say(court.channel["id"], "a spoiler")
        done = await gateway.expect("AUTO_MODERATION_ACTION_EXECUTION")
    assert done.data["message_id"] == said["id"]
    [alert] = await court.owner.get(f"/channels/{court.office['id']}/messages")
    facts = {field["name"]: field["value"] for field in alert["embeds"][0]["fields"]}
    assert facts["flagged_message_id"] == said["id"]
    assert facts["decision_outcome"] == "flagged"


async def test_what_is_done_about_an_alert_is_noted_on_it(server: Server) -> None:
    court = await Court(server).set()
    await court.rule(["spoiler"], court.alert())
    said = await court.member.say(court.channel["id"], "a spoiler")
    [alert] = await court.owner.get(f"/channels/{court.office['id']}/messages")
    path = f"/guilds/{court.id}/auto-moderation/alert-action"
    body = {"channel_id": court.office["id"], "message_id": alert["id"]}
    async with server.gateway(court.owner) as gateway:
        deeds = []
        for effect in (1, 2, 4, 3):
            await court.owner.post(path, body | {"alert_action_type": effect})
            told = (await gateway.expect("MESSAGE_UPDATE")).data
            deeds.append(_deeds(told))
    assert [list(done) for done in deeds] == [["1"], ["2"], ["2", "4"], ["2", "4", "3"]]
    assert deeds[0]["1"]["actor"] == court.owner.id
    assert told["edited_timestamp"] is None
    assert await court.owner.get(court.said) == []
    again = body | {"alert_action_type": 3}
    assert (await court.owner.refused("POST", path, again)).code == 10008
    [kept] = await court.owner.get(f"/channels/{court.office['id']}/messages")
    assert _deeds(kept) == deeds[-1]
    assert (await court.member.refused("POST", path, again)).code == 50013
    other = {"channel_id": court.channel["id"], "message_id": said["id"], "alert_action_type": 1}
    assert (await court.owner.refused("POST", path, other)).code == 10008


def _deeds(alert: Json) -> Json:
    facts = {field["name"]: field["value"] for field in alert["embeds"][0]["fields"]}
    noted: Json = msgspec.json.decode(facts["alert_actions_execution"])
    assert noted["v"] == 0
    return dict(noted["actions"])


async def test_who_is_timed_out_says_nothing_more(server: Server) -> None:
    court = await Court(server).set()
    timeout = {"type": 3, "metadata": {"duration_seconds": 600}}
    await court.rule(["spoiler"], {"type": 1}, timeout)
    assert (await court.blocked("spoiler")).code == 200000
    assert (await court.blocked("sorry")).code == 50013
    member = await court.owner.get(f"/guilds/{court.id}/members/{court.member.id}")
    assert member["communication_disabled_until"]
    assert len(await court.log(145)) == 1


async def test_who_may_not_time_out_makes_no_rule_that_does(server: Server) -> None:
    court = await Court(server).set()
    role = await court.owner.post(f"/guilds/{court.id}/roles", {"name": "m", "permissions": MANAGE})
    await court.owner.put(f"/guilds/{court.id}/members/{court.member.id}/roles/{role['id']}")
    timeout = {"type": 3, "metadata": {"duration_seconds": 600}}
    refused = await court.member.refused("POST", court.rules, words_rule(["x"], timeout))
    assert refused.code == 50013
    await court.member.post(court.rules, words_rule(["x"]))


async def test_roles_and_channels_that_are_gone_leave_the_rules(server: Server) -> None:
    court = await Court(server).set()
    role = await court.owner.post(f"/guilds/{court.id}/roles", {"name": "Trusted"})
    exempt = {"exempt_roles": [role["id"]], "exempt_channels": [court.office["id"]]}
    both = await court.rule(["spoiler"], {"type": 1}, court.alert(), **exempt)
    only = await court.rule(["badger"], court.alert())
    async with server.gateway(court.owner) as gateway:
        await court.owner.delete(f"/guilds/{court.id}/roles/{role['id']}")
        told = (await gateway.expect("AUTO_MODERATION_RULE_UPDATE")).data
        assert told == {**both, "exempt_roles": []}
        await court.owner.delete(f"/channels/{court.office['id']}")
        for _ in (both, only):
            await gateway.expect("AUTO_MODERATION_RULE_UPDATE")
    left = {"exempt_roles": [], "exempt_channels": [], "actions": both["actions"][:1]}
    assert await court.owner.get(court.rules) == [
        {**both, **left},
        {**only, "actions": [], "enabled": False},
    ]


async def test_some_are_exempt_and_so_are_some_channels(server: Server) -> None:
    court = await Court(server).set()
    role = await court.owner.post(f"/guilds/{court.id}/roles", {"name": "free"})
    free = await court.owner.channel(court.id, "free")
    rule = await court.rule(["spoiler"], exempt_channels=[free["id"]])
    await court.owner.say(court.channel["id"], "I own this spoiler")
    await court.member.say(free["id"], "a spoiler here")
    thread = {"name": "spoiler", "type": 11}
    await court.member.post(f"/channels/{free['id']}/threads", thread)
    assert (await court.blocked("a spoiler")).code == 200000
    started = f"/channels/{court.channel['id']}/threads"
    assert (await court.member.refused("POST", started, thread)).code == 200001
    await court.owner.patch(f"{court.rules}/{rule['id']}", {"exempt_roles": [role["id"]]})
    await court.owner.put(f"/guilds/{court.id}/members/{court.member.id}/roles/{role['id']}")
    await court.member.say(court.channel["id"], "a spoiler")


async def test_what_is_blocked_in_an_archived_thread_wakes_nobody(server: Server) -> None:
    court = await Court(server).set()
    body = {"name": "asleep", "type": 11}
    thread = await court.owner.post(f"/channels/{court.channel['id']}/threads", body)
    path = f"/channels/{thread['id']}"
    await court.owner.patch(path, {"archived": True})
    await court.rule(["spoiler"])
    said = {"content": "a spoiler"}
    assert (await court.member.refused("POST", f"{path}/messages", said)).code == 200000
    assert (await court.owner.get(path))["thread_metadata"]["archived"] is True
    await court.member.say(thread["id"], "good morning")
    assert (await court.owner.get(path))["thread_metadata"]["archived"] is False


async def test_embeds_polls_and_forwards_are_read_webhooks_are_not(server: Server) -> None:
    court = await Court(server).set()
    elsewhere = await court.member.guild("Elsewhere")
    there = await court.member.channel(elsewhere["id"], "there")
    brought = await court.member.say(there["id"], "spoiler")
    hook = await court.owner.post(f"/channels/{court.channel['id']}/webhooks", {"name": "Herald"})
    await court.rule(["spoiler"])
    forward = {"type": 1, "channel_id": there["id"], "message_id": brought["id"]}
    poll = {
        "question": {"text": "Which?"},
        "answers": [{"poll_media": {"text": "the spoiler"}}],
    }
    for body in (
        {"embeds": [{"title": "x", "fields": [{"name": "a", "value": "spoiler"}]}]},
        {"message_reference": forward},
        {"poll": poll},
    ):
        assert (await court.member.refused("POST", court.said, body)).code == 200000, body
    await server.guest.post(f"/webhooks/{hook['id']}/{hook['token']}", {"content": "spoiler"})


async def test_a_post_is_blocked_for_its_title_and_for_what_it_says(server: Server) -> None:
    court = await Court(server).set()
    forum = await court.owner.channel(court.id, "forum", type=15)
    await court.rule(["spoiler"])
    path = f"/channels/{forum['id']}/threads"
    named = {"name": "a spoiler", "message": {"content": "x"}}
    assert (await court.member.refused("POST", path, named)).code == 200001
    said = {"name": "fine", "message": {"content": "spoiler"}}
    assert (await court.member.refused("POST", path, said)).code == 200000
    assert (await court.owner.get(f"/guilds/{court.id}/threads/active"))["threads"] == []


async def test_the_lists_that_come_with_the_server_are_used(server: Server) -> None:
    court = await Court(server).set()
    preset = words_rule(
        [], trigger_type=4, trigger_metadata={"presets": [1], "allow_list": ["shit*"]}
    )
    await court.owner.post(court.rules, preset)
    assert (await court.blocked("bullshit")).code == 200000
    await court.member.say(court.channel["id"], "shitake, they say")


async def test_too_many_mentions_are_spam(server: Server) -> None:
    court = await Court(server).set()
    limit = words_rule([], trigger_type=5, trigger_metadata={"mention_total_limit": 2})
    await court.owner.post(court.rules, limit)
    await court.member.say(court.channel["id"], "<@1> <@!1> <@2>")
    assert (await court.blocked("<@1> <@2> <@&3>")).code == 200000


async def test_what_is_said_again_and_again_is_spam(server: Server) -> None:
    court = await Court(server).set()
    await court.owner.post(court.rules, words_rule([], trigger_type=3, trigger_metadata=None))
    for _ in range(3):
        await court.member.say(court.channel["id"], "buy my things")
    assert (await court.blocked("Buy my  things")).code == 200000
    await court.member.say(court.channel["id"], "all right then")


async def test_who_is_called_badly_only_looks_on_until_they_are_not(server: Server) -> None:
    court = await Court(server).set()
    profile = words_rule(["*rude*"], {"type": 4}, court.alert(), event_type=2, trigger_type=6)
    await court.owner.post(court.rules, profile)
    async with server.gateway(court.owner) as gateway:
        await court.member.patch(f"/guilds/{court.id}/members/@me", {"nick": "Rudest"})
        done = await gateway.expect("AUTO_MODERATION_ACTION_EXECUTION")
    assert done.data["content"] == "Rudest"
    assert "channel_id" not in done.data
    assert (await court.blocked("hello")).code == 50013
    assert (await court.member.get(court.said)) == []
    assert len(await court.log(146)) == 1
    await court.member.patch(f"/guilds/{court.id}/members/@me", {"nick": None})
    await court.member.say(court.channel["id"], "hello")
    await court.member.patch("/users/@me", {"global_name": "rude one"})
    assert (await court.blocked("hello")).code == 50013
    path = f"/guilds/{court.id}/members/{court.member.id}"
    await court.owner.patch(path, {"flags": 0})
    await court.member.say(court.channel["id"], "let me speak")
    newcomer = await server.person()
    await newcomer.patch("/users/@me", {"global_name": "so rude"})
    await court.owner.bring(newcomer, court.channel["id"])
    assert (await court.blocked("hello", newcomer)).code == 50013


async def test_a_bot_without_the_intent_is_not_told_what_was_said(server: Server) -> None:
    court = await Court(server).set()
    bot = await server.bot(court.owner, court.id, flags=1 << 15 | 1 << 13)
    await court.rule(["spoiler"])
    async with server.gateway(bot, intents=ALL_INTENTS & ~(1 << 15)) as gateway:
        await court.blocked("a spoiler")
        done = await gateway.expect("AUTO_MODERATION_ACTION_EXECUTION")
    assert (done.data["content"], done.data["matched_content"]) == ("", "")
    assert done.data["matched_keyword"] == "spoiler"


async def test_a_draft_is_tried_on_a_text_and_on_what_was_said(server: Server) -> None:
    court = await Court(server).set()
    said = [await court.member.say(court.channel["id"], f"{it} spoiler") for it in ("a", "the")]
    await court.owner.say(court.channel["id"], "my own spoiler")
    await court.owner.say(court.office["id"], "nothing")
    draft = {"trigger_type": 1, "trigger_metadata": {"keyword_filter": ["the spoil*"]}}
    tried = await court.owner.post(f"{court.rules}/validate", {**draft, "content": "The spoiler"})
    assert tried["match"] == {"matched_keyword": "the spoil*", "matched_content": "The spoil"}
    assert tried["trigger_metadata"]["keyword_filter"] == ["the spoil*"]
    tried = await court.owner.post(f"{court.rules}/validate", {**draft, "content": "nothing"})
    assert tried["match"] is None
    run = await court.owner.post(f"{court.rules}/dry-run", draft)
    assert (run["examined"], run["matched"]) == (4, 1)
    [hit] = run["hits"]
    assert (hit["message_id"], hit["author"]["id"]) == (said[1]["id"], court.member.id)
    all_of_them = {**draft, "trigger_metadata": {"keyword_filter": ["*spoiler"]}}
    run = await court.owner.post(f"{court.rules}/dry-run", {**all_of_them, "limit": 3})
    assert [hit["message_id"] for hit in run["hits"]] == [said[1]["id"]]
    run = await court.owner.post(
        f"{court.rules}/dry-run", {**all_of_them, "channel_ids": [court.office["id"]]}
    )
    assert (run["examined"], run["hits"]) == (1, [])
    assert (await court.member.refused("POST", f"{court.rules}/dry-run", draft)).code == 50013


def test_a_thousand_long_words_in_any_script_are_one_pattern() -> None:
    for first in ("a", "ж", "語", "🦊"):
        words = [f"{number:04}{first * 56}" for number in range(1000)]
        matcher = Matcher(words)
        found = matcher.find(f"so, {words[999]}!")
        assert found is not None
        assert found.matched_keyword == words[999]


def test_only_so_many_rules_are_kept_ready() -> None:
    sentry = Sentry()
    rules = [a_rule(f"{number}", ["x" * 60] * 1000) for number in range(40)]
    first = sentry.matcher(rules[0])
    assert sentry.matcher(rules[0]) is first
    for rule in rules:
        sentry.matcher(rule)
    assert sentry.matcher(rules[0]) is not first
    changed = a_rule("0", ["other"])
    assert sentry.matcher(changed).find("other") is not None


def a_rule(id_: str, words: list[str]) -> Rule:
    return Rule(
        id=Snowflake(id_),
        guild_id=Snowflake("1"),
        creator_id=Snowflake("1"),
        name="words",
        event_type=1,
        trigger_type=1,
        trigger_metadata=TriggerMetadata(keyword_filter=words),
        actions=[],
        enabled=True,
        exempt_roles=[],
        exempt_channels=[],
    )

"""Who comes agrees to the rules, or answers questions, before they may speak."""

from typing import Any

from rift.permissions import Permission
from tests.api import Person
from tests.nouns.company import Company, company
from tests.nouns.elsewhere import told
from tests.nouns.entrance import RULES, agreed, gate
from tests.nouns.test_memberlists import OFFICIAL
from tests.server import Server

QUESTIONS = (
    {"field_type": "TERMS", "label": "Rules", "required": True, "values": ["Be kind"]},
    {"field_type": "TEXT_INPUT", "label": "Why?", "required": True},
    {"field_type": "MULTIPLE_CHOICE", "label": "Which?", "choices": ["one", "two"]},
)
CROWD = """
with crowd as (
    insert into users (id, username)
    select id, 'user' || id
    from generate_series(100, 229) as person (id)
    returning id
), came as (
    insert into members (guild_id, user_id, pending)
    select $1, id, true
    from crowd
)
insert into join_requests (id, guild_id, user_id, status, created_at)
select id, $1, id, 'SUBMITTED', now()
from crowd
"""
ANSWERS = ({"response": True}, {"response": "I like it"}, {"response": 1})


def path(group: Company, what: str = "requests") -> str:
    return f"/guilds/{group.id}/{what}"


def filled(*answers: dict[str, Any]) -> dict[str, Any]:
    pairs = zip(QUESTIONS, answers or ANSWERS, strict=True)
    return {"form_fields": [{**asked, **answer} for asked, answer in pairs]}


async def shut(server: Server, *fields: dict[str, Any]) -> tuple[Company, Person]:
    """A guild that lets nobody speak unasked, and somebody who has just come."""
    group = await company(server, Permission.KICK_MEMBERS)
    await gate(group.owner, group.guild, *fields)
    return group, await group.newcomer(server)


async def test_who_has_not_agreed_looks_on_and_who_agrees_speaks(server: Server) -> None:
    group, newcomer = await shut(server)
    assert (await group.see(newcomer))["pending"] is True
    room = group.channel["id"]
    said = f"/channels/{room}/messages"
    assert (await newcomer.refused("POST", said, {"content": "hi"})).code == 50013
    first = await group.owner.say(room, "Welcome")
    assert first in await newcomer.get(said)
    reaction = f"{said}/{first['id']}/reactions/%F0%9F%91%8D/@me"
    assert (await newcomer.refused("PUT", reaction)).code == 50013
    form = await newcomer.get(path(group, "member-verification"))
    async with server.gateway(newcomer) as mine, server.gateway(group.guest) as other:
        made = await newcomer.put(path(group, "requests/@me"), agreed(form))
        assert made["application_status"] == "APPROVED"
        told = (await mine.expect("GUILD_JOIN_REQUEST_UPDATE")).data
        assert (told["status"], told["request"]["id"]) == ("APPROVED", made["id"])
        assert "form_responses" not in told["request"]
        assert (await other.expect("GUILD_MEMBER_UPDATE")).data["pending"] is False
        assert (await newcomer.say(room, "Thank you"))["content"] == "Thank you"
    assert (await newcomer.get(path(group, "requests/@me")))["id"] == made["id"]
    assert (await newcomer.refused("PUT", path(group, "requests/@me"), agreed(form))).status == 409


async def test_who_comes_is_told_and_greeted_when_they_are_in(server: Server) -> None:
    group, _ = await shut(server)
    await group.owner.patch(path(group, "")[:-1], {"system_channel_id": group.channel["id"]})
    newcomer = await server.person()
    invite = await group.owner.post(f"/channels/{group.channel['id']}/invites", {})
    async with server.gateway(newcomer) as mine:
        accepted = await newcomer.post(f"/invites/{invite['code']}", {})
        assert (accepted["new_member"], accepted["show_verification_form"]) == (True, True)
        begun = (await mine.expect("GUILD_JOIN_REQUEST_CREATE")).data
    assert (begun["status"], begun["request"]["user_id"]) == ("STARTED", newcomer.id)
    messages = f"/channels/{group.channel['id']}/messages"
    assert 7 not in {it["type"] for it in await group.owner.get(messages)}
    form = await newcomer.get(path(group, "member-verification"))
    await newcomer.put(path(group, "requests/@me"), agreed(form))
    [greeting] = [it for it in await group.owner.get(messages) if it["type"] == 7]
    assert greeting["author"]["id"] == newcomer.id


async def test_answers_are_decided_by_who_may_put_out(server: Server) -> None:
    group, newcomer = await shut(server, *QUESTIONS)
    other = await group.newcomer(server)
    async with server.gateway(group.moderator) as decides:
        sent = await newcomer.put(path(group, "requests/@me"), filled())
        told = (await decides.expect("GUILD_JOIN_REQUEST_UPDATE")).data["request"]
    assert (sent["application_status"], told["user"]["id"]) == ("SUBMITTED", newcomer.id)
    assert [field.get("response") for field in told["form_responses"]] == [True, "I like it", 1]
    assert (await group.guest.refused("GET", path(group))).code == 50013
    await other.put(path(group, "requests/@me"), filled())
    listed = await group.moderator.get(path(group) + "?status=SUBMITTED&limit=1")
    assert (listed["total"], listed["guild_join_requests"][0]["user_id"]) == (2, other.id)
    after = await group.moderator.get(path(group) + f"?after={sent['id']}")
    assert [it["user_id"] for it in after["guild_join_requests"]] == [other.id]
    decide = path(group, f"requests/{sent['id']}")
    assert (await group.guest.refused("PATCH", decide, {"action": "APPROVED"})).code == 50013
    assert (await group.moderator.refused("PATCH", decide, {"action": "STARTED"})).code == 50035
    done = await group.moderator.patch(decide, {"action": "APPROVED"})
    assert done["actioned_by_user"]["id"] == group.moderator.id
    assert (await group.see(newcomer))["pending"] is False
    assert (await group.moderator.refused("PATCH", decide, {"action": "REJECTED"})).code == 50035


async def test_who_is_rejected_is_out_and_learns_why(server: Server) -> None:
    group, newcomer = await shut(server, *QUESTIONS)
    sent = await newcomer.put(path(group, "requests/@me"), filled())
    body = {"action": "REJECTED", "rejection_reason": "Not now"}
    async with server.gateway(newcomer) as mine:
        await group.moderator.patch(path(group, f"requests/{sent['id']}"), body)
        told = (await mine.expect("GUILD_JOIN_REQUEST_UPDATE")).data["request"]
        assert told["rejection_reason"] == "Not now"
        await mine.expect("GUILD_DELETE")
    assert (await group.owner.refused("GET", group.member(newcomer))).code == 10007
    log = await group.owner.get(path(group, "audit-logs?action_type=20"))
    [entry] = log["audit_log_entries"]
    assert (entry["target_id"], entry["reason"]) == (newcomer.id, "Not now")
    await group.owner.bring(newcomer, group.channel["id"])
    again = await newcomer.get(path(group, "requests/@me"))
    assert (again["application_status"], again["rejection_reason"]) == ("STARTED", None)


async def test_answers_must_fit_the_questions(server: Server) -> None:
    group, newcomer = await shut(server, *QUESTIONS)
    for wrong in (
        {},
        {"form_fields": filled()["form_fields"][:2]},
        filled({"response": False}, *ANSWERS[1:]),
        filled(ANSWERS[0], {"response": ""}, ANSWERS[2]),
        filled(ANSWERS[0], {"response": "x" * 151}, ANSWERS[2]),
        filled(*ANSWERS[:2], {"response": 2}),
        {**filled(), "version": "2020-01-01T00:00:00Z"},
        {"form_fields": [{**it, "label": "Other"} for it in filled()["form_fields"]]},
    ):
        refused = await newcomer.refused("PUT", path(group, "requests/@me"), wrong)
        assert refused.code == 50035
    # All of it is said at once.
    refused = await newcomer.refused("PUT", path(group, "requests/@me"), filled({}, {}, {}))
    assert set(refused.body["errors"]["form_fields"]) == {"0", "1"}
    optional = filled(*ANSWERS[:2], {})
    assert (await newcomer.put(path(group, "requests/@me"), optional))["rejection_reason"] is None


async def test_who_leaves_takes_the_request_along(server: Server) -> None:
    group, newcomer = await shut(server, *QUESTIONS)
    sent = await newcomer.put(path(group, "requests/@me"), filled())
    async with server.gateway(group.moderator) as decides:
        await newcomer.delete(f"/users/@me/guilds/{group.id}")
        gone = (await decides.expect("GUILD_JOIN_REQUEST_DELETE")).data
    assert gone == {"guild_id": group.id, "id": sent["id"], "user_id": newcomer.id}
    assert (await newcomer.refused("GET", path(group, "requests/@me"))).status == 404


async def test_what_was_sent_is_taken_back_and_sent_anew(server: Server) -> None:
    group, newcomer = await shut(server, *QUESTIONS)
    own = path(group, "requests/@me")
    sent = await newcomer.put(own, filled())
    async with server.gateway(newcomer) as mine, server.gateway(group.moderator) as decides:
        begun = await newcomer.delete(own)
        assert (begun["application_status"], begun["id"] != sent["id"]) == ("STARTED", True)
        assert (await decides.expect("GUILD_JOIN_REQUEST_DELETE")).data["id"] == sent["id"]
        assert (await mine.expect("GUILD_JOIN_REQUEST_DELETE")).data["id"] == sent["id"]
        assert (await mine.expect("GUILD_JOIN_REQUEST_CREATE")).data["request"] == begun
    assert (await group.moderator.get(path(group)))["total"] == 0
    assert (await newcomer.post(own))["application_status"] == "STARTED"
    again = await newcomer.put(own, filled())
    await group.moderator.patch(path(group, f"requests/{again['id']}"), {"action": "APPROVED"})
    assert (await newcomer.refused("POST", own)).status == 409


async def test_a_request_is_read_by_who_sent_it_and_who_decides(server: Server) -> None:
    group, newcomer = await shut(server, *QUESTIONS)
    begun = await newcomer.get(path(group, "requests/@me"))
    one, of = f"/join-requests/{begun['id']}", path(group, f"requests/users/{newcomer.id}")
    assert (await newcomer.get(one))["application_status"] == "STARTED"
    # What is not sent yet concerns nobody else.
    assert (await group.moderator.refused("GET", one)).status == 404
    assert await group.moderator.get(of) == []
    sent = await newcomer.put(path(group, "requests/@me"), filled())
    mine, theirs = await newcomer.get(one), await group.moderator.get(one)
    assert [it["response"] for it in mine["form_responses"]] == [True, "I like it", 1]
    assert (sent["id"], theirs["user"]["id"], "user" in mine) == (begun["id"], newcomer.id, False)
    assert await group.moderator.get(of) == [theirs]
    assert {(await group.guest.refused("GET", it)).code for it in (one, of)} == {50013}
    assert (await group.moderator.refused("GET", f"/join-requests/{group.id}")).status == 404


async def test_all_who_wait_are_decided_together(server: Server) -> None:
    group, first = await shut(server, *QUESTIONS)
    second, silent = await group.newcomer(server), await group.newcomer(server)
    for newcomer in (first, second):
        await newcomer.put(path(group, "requests/@me"), filled())
    assert (await group.guest.refused("PATCH", path(group), {"action": "APPROVED"})).code == 50013
    await group.moderator.patch(path(group), {"action": "APPROVED"})
    pending = [(await group.see(person))["pending"] for person in (first, second, silent)]
    assert pending == [False, False, True]
    await silent.put(path(group, "requests/@me"), filled())
    await group.moderator.patch(path(group), {"action": "REJECTED"})
    assert (await group.owner.refused("GET", group.member(silent))).code == 10007


async def test_more_than_one_portion_is_decided_and_nobody_who_is_above(
    own_server: Server, database: str
) -> None:
    group, first = await shut(own_server, *QUESTIONS)
    await first.put(path(group, "requests/@me"), filled())
    await told(database, CROWD, int(group.id))
    waiting = f"{path(group)}?status=SUBMITTED&limit=1"
    assert (await group.owner.get(waiting))["total"] == 131
    await group.give(first, await group.new_role())
    await group.give(first, group.role)
    await group.moderator.patch(path(group), {"action": "REJECTED"})
    assert (await group.owner.get(waiting))["total"] == 1
    assert (await group.see(first))["pending"] is True


async def test_what_one_asked_for_is_told_when_one_comes_until_one_has_seen_it(
    server: Server,
) -> None:
    group, newcomer = await shut(server)
    own = path(group, "requests/@me")

    async def active() -> list[str]:
        async with server.gateway(newcomer, guilds=False, capabilities=OFFICIAL) as gateway:
            found = gateway.ready["guild_join_requests"]
        return [it["application_status"] for it in found if it["guild_id"] == group.id]

    assert await active() == ["STARTED"]
    assert (await newcomer.refused("POST", f"{own}/ack")).status == 404
    sent = await newcomer.put(own, agreed(await newcomer.get(path(group, "member-verification"))))
    assert await active() == ["APPROVED"]
    assert (await group.owner.refused("POST", f"{path(group)}/{sent['id']}/ack")).status == 404
    async with server.gateway(newcomer) as gateway:
        await newcomer.post(f"{path(group)}/{sent['id']}/ack")
        seen = (await gateway.expect("GUILD_JOIN_REQUEST_UPDATE")).data["request"]
    assert seen["last_seen"] is not None
    assert (await newcomer.refused("POST", f"{own}/ack")).status == 404
    assert await active() == []


async def test_who_was_put_out_waits_before_they_ask_again(server: Server) -> None:
    group, newcomer = await shut(server, *QUESTIONS)
    own = path(group, "requests/@me")
    assert (await newcomer.get(f"{own}/cooldown"))["cooldown"] == 0
    sent = await newcomer.put(own, filled())
    await group.owner.patch(f"{path(group)}/{sent['id']}", {"action": "REJECTED"})
    for _ in range(2):  # leaving makes nobody forget it
        await group.owner.bring(newcomer, group.channel["id"])
        assert 500 < (await newcomer.get(f"{own}/cooldown"))["cooldown"] <= 600
        assert (await newcomer.call("PUT", own, filled())).status == 429
        await newcomer.delete(f"/users/@me/guilds/{group.id}")
    assert (await newcomer.get(own))["application_status"] == "REJECTED"


async def test_somebody_is_let_in_without_a_word_and_bots_are_not_asked(server: Server) -> None:
    group, newcomer = await shut(server)
    changed = await group.owner.patch(group.member(newcomer), {"flags": 1 << 2})
    assert changed["pending"] is False
    assert (await newcomer.get(path(group, "requests/@me")))["application_status"] == "APPROVED"
    bot = await server.bot(group.owner, group.id)
    assert (await group.see(bot))["pending"] is False


async def test_who_waits_when_the_gate_opens_is_let_in_or_put_out(server: Server) -> None:
    group, newcomer = await shut(server)
    form = path(group, "member-verification")
    assert (await group.moderator.refused("PATCH", form, {"enabled": False})).code == 50013
    await group.owner.patch(form, {"enabled": False})
    assert (await group.see(newcomer))["pending"] is False
    guild = await group.owner.get(path(group, "")[:-1])
    assert "MEMBER_VERIFICATION_GATE_ENABLED" not in guild["features"]
    await group.owner.patch(form, {"enabled": True})
    late = await group.newcomer(server)
    await group.owner.patch(form, {"enabled": False, "bulk_action": "REJECTED"})
    assert (await group.owner.refused("GET", group.member(late))).code == 10007


async def test_a_form_has_something_in_it(server: Server) -> None:
    group = await company(server)
    form = path(group, "member-verification")
    assert (await group.guest.refused("GET", form)).code == 10068
    for wrong in (
        {"enabled": True},
        {"form_fields": [{"field_type": "TERMS", "label": "Rules"}]},
        {"form_fields": [{"field_type": "MULTIPLE_CHOICE", "label": "Which?"}]},
        {"form_fields": [RULES] * 6},
    ):
        assert (await group.owner.refused("PATCH", form, wrong)).code == 50035
    made = await group.owner.patch(form, {"form_fields": [RULES], "description": "For all"})
    assert (made["description"], made["form_fields"][0]["values"]) == ("For all", RULES["values"])
    assert (await group.owner.patch(form, {"description": None}))["form_fields"] == [RULES]

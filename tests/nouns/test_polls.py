"""Polls: asked in messages, answered by people, ended once."""

from typing import Any

from tests.api import Person
from tests.nouns.archive import Archive
from tests.nouns.artwork import emoji
from tests.nouns.circles import block, direct, mates
from tests.nouns.elsewhere import told
from tests.patience import until
from tests.server import Server

SEND_POLLS = 1 << 49
READ_HISTORY = 1 << 16
POLLS = 1 << 24
DIRECT_POLLS = 1 << 25

Json = dict[str, Any]

QUESTION: Json = {
    "question": {"text": " Tea? "},
    "answers": [
        {"poll_media": {"text": "Yes", "emoji": {"name": "👍"}}},
        {"poll_media": {"text": "No"}},
    ],
}
_DUE = "update messages set poll_ends_at = now() where id = $1"


class Booth:
    """Ann's channel with a poll of hers, Bob, and a bot of Ann's."""

    def __init__(self, ann: Person, bob: Person) -> None:
        self.ann = ann
        self.bob = bob
        self.guild: Json = {}
        self.channel: Json = {}
        self.poll: Json = {}

    @classmethod
    async def open(cls, server: Server, **fields: Any) -> "Booth":
        booth = cls(await server.person(), await server.person())
        booth.guild = await booth.ann.guild()
        booth.channel = await booth.ann.channel(booth.guild["id"])
        await booth.ann.bring(booth.bob, booth.channel["id"])
        booth.poll = await booth.ask(booth.ann, **fields)
        return booth

    async def ask(self, person: Person, **fields: Any) -> Json:
        body = {"poll": {**QUESTION, **fields}}
        said: Json = await person.post(f"/channels/{self.channel['id']}/messages", body)
        return said

    @property
    def path(self) -> str:
        return f"/channels/{self.channel['id']}/polls/{self.poll['id']}"

    async def vote(self, person: Person, *answers: int) -> None:
        await person.put(f"{self.path}/answers/@me", {"answer_ids": list(answers)})

    async def read(self, person: Person) -> Json:
        path = f"/channels/{self.channel['id']}/messages/{self.poll['id']}"
        return dict(await person.get(path))

    async def counts(self, person: Person) -> dict[int, tuple[int, bool]]:
        results = (await self.read(person))["poll"]["results"]
        return {it["id"]: (it["count"], it["me_voted"]) for it in results["answer_counts"]}

    async def results(self) -> list[Json]:
        """The messages that say what came out."""
        page = await self.ann.get(f"/channels/{self.channel['id']}/messages?limit=100")
        return [message for message in page if message["type"] == 46]


async def test_a_poll_is_asked_and_answered(server: Server) -> None:
    booth = await Booth.open(server, duration=2.0)
    asked = booth.poll["poll"]
    assert asked["question"] == {"text": "Tea?"}
    assert [it["answer_id"] for it in asked["answers"]] == [1, 2]
    assert asked["answers"][0]["poll_media"]["emoji"]["name"] == "👍"
    assert (asked["allow_multiselect"], asked["layout_type"]) == (False, 1)
    assert asked["results"] == {"answer_counts": [], "is_finalized": False}
    async with server.gateway(booth.ann) as gateway:
        await booth.vote(booth.bob, 1)
        added = await gateway.expect("MESSAGE_POLL_VOTE_ADD")
        await booth.vote(booth.bob, 2)
        removed = await gateway.expect("MESSAGE_POLL_VOTE_REMOVE")
        again = await gateway.expect("MESSAGE_POLL_VOTE_ADD")
    vote = {
        "user_id": booth.bob.id,
        "channel_id": booth.channel["id"],
        "message_id": booth.poll["id"],
        "guild_id": booth.guild["id"],
    }
    assert added.data == removed.data == {**vote, "answer_id": 1}
    assert again.data == {**vote, "answer_id": 2}
    await booth.vote(booth.ann, 2)
    assert await booth.counts(booth.bob) == {2: (2, True)}
    voters = await booth.ann.get(f"{booth.path}/answers/2?limit=1")
    after = await booth.ann.get(f"{booth.path}/answers/2?after={voters['users'][0]['id']}")
    people = [user["id"] for user in (*voters["users"], *after["users"])]
    assert people == sorted([booth.ann.id, booth.bob.id], key=int)
    assert await booth.ann.get(f"{booth.path}/answers/1") == {"users": []}
    await booth.vote(booth.ann)
    assert await booth.counts(booth.ann) == {2: (1, False)}


async def test_several_answers_are_chosen_where_that_is_allowed(server: Server) -> None:
    booth = await Booth.open(server)
    path = f"{booth.path}/answers/@me"
    for wrong in ([1, 2], [3], [0]):
        reply = await booth.bob.refused("PUT", path, {"answer_ids": wrong})
        assert reply.code == 50035
    await booth.vote(booth.bob, 1, 1)
    assert await booth.counts(booth.bob) == {1: (1, True)}
    booth.poll = await booth.ask(booth.ann, allow_multiselect=True)
    await booth.vote(booth.bob, 1, 2)
    await booth.vote(booth.bob, 2)
    await booth.vote(booth.ann, 2, 1)
    assert await booth.counts(booth.bob) == {1: (1, False), 2: (2, True)}


async def test_a_poll_says_what_it_must_and_no_more(server: Server) -> None:
    booth = await Booth.open(server)
    foreign = await emoji(booth.bob, await booth.bob.guild())
    answers = QUESTION["answers"]
    for wrong, code in (
        ({"question": {"text": "  "}}, 50035),
        ({"question": {"text": "x" * 301}}, 50035),
        ({"question": {"text": "x", "emoji": {"name": "👍"}}}, 50035),
        ({"answers": []}, 50035),
        ({"answers": answers * 6}, 50035),
        ({"answers": [{"poll_media": {"text": "x" * 56}}]}, 50035),
        ({"answers": [{"poll_media": {"emoji": {"name": "👍"}}}]}, 50035),
        ({"answers": [{"poll_media": {"text": "x", "emoji": {"name": "smile"}}}]}, 520004),
        ({"answers": [{"poll_media": {"text": "x", "emoji": {"id": foreign["id"]}}}]}, 520004),
        ({"duration": 769}, 50035),
        ({"layout_type": 2}, 50035),
    ):
        body = {"poll": {**QUESTION, **wrong}}
        path = f"/channels/{booth.channel['id']}/messages"
        assert (await booth.ann.refused("POST", path, body)).code == code, wrong
    path = f"/channels/{booth.channel['id']}/messages/{booth.poll['id']}"
    assert (await booth.ann.refused("PATCH", path, {"content": "Coffee?"})).code == 520003
    place = {"message_id": booth.poll["id"], "channel_id": booth.channel["id"], "type": 1}
    body = {"message_reference": place}
    there = f"/channels/{booth.channel['id']}/messages"
    assert (await booth.bob.refused("POST", there, body)).code == 50068


async def test_only_who_may_asks_and_answers(server: Server) -> None:
    booth = await Booth.open(server)
    bot = await server.bot(booth.ann, booth.guild["id"])
    path = f"{booth.path}/answers/@me"
    assert (await bot.refused("PUT", path, {"answer_ids": [1]})).code == 20001
    await block(booth.ann, booth.bob)
    assert (await booth.bob.refused("PUT", path, {"answer_ids": [1]})).code == 520000
    plain = await booth.ann.say(booth.channel["id"], "no poll")
    there = f"/channels/{booth.channel['id']}/polls/{plain['id']}"
    assert (await booth.ann.refused("POST", f"{there}/expire")).code == 520006
    assert (
        await booth.ann.refused("PUT", f"{there}/answers/@me", {"answer_ids": []})
    ).code == 10008
    assert (await booth.ann.refused("GET", f"{booth.path}/answers/3")).status == 404
    everyone = f"/channels/{booth.channel['id']}/permissions/{booth.guild['id']}"
    await booth.ann.put(everyone, {"type": 0, "deny": str(SEND_POLLS | READ_HISTORY)})
    body = {"poll": QUESTION}
    there = f"/channels/{booth.channel['id']}/messages"
    assert (await booth.bob.refused("POST", there, body)).code == 50013
    assert (await booth.bob.refused("GET", f"{booth.path}/answers/1")).code == 50013
    assert (await booth.bob.refused("PUT", path, {"answer_ids": [1]})).code == 50013


async def test_its_author_ends_a_poll_and_the_channel_learns_what_came_out(server: Server) -> None:
    booth = await Booth.open(server)
    await booth.vote(booth.bob, 1)
    assert (await booth.bob.refused("POST", f"{booth.path}/expire")).code == 50005
    async with server.gateway(booth.bob) as gateway:
        ended = await booth.ann.post(f"{booth.path}/expire")
        updated = (await gateway.expect("MESSAGE_UPDATE")).data
        said = (await gateway.expect("MESSAGE_CREATE")).data
    assert ended["poll"]["results"]["is_finalized"] is True
    assert ended["poll"]["expiry"] < booth.poll["poll"]["expiry"]
    assert updated["poll"]["results"]["answer_counts"] == [{"id": 1, "count": 1, "me_voted": False}]
    assert await booth.counts(booth.bob) == {1: (1, True)}
    [kept] = await booth.results()
    for result in (said, kept):
        assert (result["type"], result["author"]["id"]) == (46, booth.ann.id)
        assert result["message_reference"]["message_id"] == booth.poll["id"]
        [embed] = result["embeds"]
        assert embed["type"] == "poll_result"
        assert {it["name"]: it["value"] for it in embed["fields"]} == {
            "poll_question_text": "Tea?",
            "victor_answer_votes": "1",
            "total_votes": "1",
            "victor_answer_id": "1",
            "victor_answer_text": "Yes",
            "victor_answer_emoji_name": "👍",
            "victor_answer_emoji_animated": "false",
        }
    assert (await booth.ann.refused("POST", f"{booth.path}/expire")).code == 520001
    path = f"{booth.path}/answers/@me"
    assert (await booth.bob.refused("PUT", path, {"answer_ids": []})).code == 520001


async def test_a_poll_ends_by_itself_and_once(own_server: Server, database: str) -> None:
    booth = await Booth.open(own_server)
    await booth.vote(booth.bob, 1)
    await booth.vote(booth.ann, 2)
    hook = await booth.ann.post(f"/channels/{booth.channel['id']}/webhooks", {"name": "Herald"})
    body = {"poll": QUESTION, "username": "Crier"}
    by_hook = await booth.ann.post(f"/webhooks/{hook['id']}/{hook['token']}?wait=true", body)
    for id_ in (booth.poll["id"], by_hook["id"]):
        await told(database, _DUE, int(id_))
    await told(database, "select pg_notify('rift', 'polls')")

    async def is_said() -> bool:
        return len(await booth.results()) == 2

    await until(is_said)
    authors = {one["author"]["username"] for one in await booth.results()}
    assert authors == {booth.ann.user["username"], "Crier"}
    drawn = [one for one in await booth.results() if one["author"]["id"] == booth.ann.id]
    names = {it["name"] for it in drawn[0]["embeds"][0]["fields"]}
    assert names == {"poll_question_text", "victor_answer_votes", "total_votes"}
    assert (await booth.read(booth.bob))["poll"]["results"]["is_finalized"] is True
    assert await told(database, "select from messages where poll_ends_at is not null") == []
    assert len(await booth.results()) == 2


async def test_votes_go_with_their_message(own_server: Server, database: str) -> None:
    booth = await Booth.open(own_server)
    await booth.vote(booth.bob, 1)
    await booth.ann.delete(f"/channels/{booth.channel['id']}/messages/{booth.poll['id']}")
    assert await told(database, "select from poll_votes") == []


async def test_polls_are_found_by_their_words(server: Server) -> None:
    archive = await Archive(server).open()
    path = f"/channels/{archive.talk}/messages"
    poll = (await archive.ann.post(path, {"poll": QUESTION}))["id"]
    plain = await archive.say("tea as such")
    await archive.settled()
    assert await archive.found(has="poll") == [poll]
    assert set(await archive.found(content="tea")) == {plain, poll}
    assert await archive.found(has="-poll", content="tea") == [plain]


async def test_votes_are_told_to_bots_that_asked_for_them(server: Server) -> None:
    booth = await Booth.open(server)
    bot = await server.bot(booth.ann, booth.guild["id"])
    async with (
        server.gateway(bot, intents=POLLS) as told_of,
        server.gateway(bot, intents=DIRECT_POLLS) as others,
    ):
        await booth.vote(booth.bob, 1)
        heard = await told_of.expect("MESSAGE_POLL_VOTE_ADD")
        await others.quiet("MESSAGE_POLL_VOTE_ADD")
    assert heard.data["answer_id"] == 1


async def test_friends_vote_in_private(server: Server) -> None:
    ann, bob = await mates(server)
    channel = await direct(ann, bob)
    poll = await ann.post(f"/channels/{channel['id']}/messages", {"poll": QUESTION})
    async with server.gateway(ann) as gateway:
        path = f"/channels/{channel['id']}/polls/{poll['id']}"
        await bob.put(f"{path}/answers/@me", {"answer_ids": [1]})
        heard = await gateway.expect("MESSAGE_POLL_VOTE_ADD")
    assert "guild_id" not in heard.data
    assert heard.data["user_id"] == bob.id

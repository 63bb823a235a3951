"""Finding messages again: by words, and by what else is known of them."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from tests.api import Person
from tests.nouns.archive import Archive, ids
from tests.nouns.circles import befriend, block, direct, group
from tests.patience import until
from tests.server import Server

Json = dict[str, Any]

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
async def archive(server: Server) -> Archive:
    return await Archive(server).open()


# Words.


async def test_a_word_is_found_whatever_its_case_accents_and_width(archive: Archive) -> None:
    said = await archive.say("Das ist ein Café in MÜNCHEN, \uff46\uff55\uff4c\uff4c")
    await archive.say("nothing of the kind")
    await archive.settled()
    for word in ("cafe", "CAFÉ", "munchen", "Mu\u0308nchen", "full"):
        assert await archive.found(content=word) == [said], word


async def test_all_words_have_to_be_there_in_any_order(archive: Archive) -> None:
    said = await archive.say("the red house on the hill")
    await archive.say("a red car")
    await archive.settled()
    assert await archive.found(content="house red") == [said]
    assert await archive.found(content="house blue") == []


async def test_a_word_is_found_in_its_other_forms(archive: Archive) -> None:
    said = await archive.say("they were connecting the cables")
    await archive.settled()
    assert await archive.found(content="connected cable") == [said]


async def test_the_endings_are_those_of_the_guilds_language(archive: Archive) -> None:
    await archive.ann.patch(f"/guilds/{archive.id}", {"preferred_locale": "de"})
    said = await archive.say("wir bauen schöne Häuser")
    await archive.settled()
    assert await archive.found(content="schönes Haus") == [said]
    await archive.ann.patch(f"/guilds/{archive.id}", {"preferred_locale": "ru"})
    said = await archive.say("я читаю книгами")
    await archive.settled()
    assert await archive.found(content="книга") == [said]


async def test_a_phrase_stands_as_it_is_written(archive: Archive) -> None:
    said = await archive.say("to be or not to be")
    await archive.say("not or be to")
    await archive.settled()
    assert await archive.found(content='"or not to"') == [said]
    assert await archive.found(content='"to or not"') == []


async def test_words_may_be_asked_to_stand_close_together(archive: Archive) -> None:
    near = await archive.say("alpha one two omega")
    await archive.say("alpha one two three four omega")
    await archive.settled()
    assert await archive.found(content="alpha omega", slop=2) == [near]
    assert await archive.found(content="alpha omega", slop=1) == []
    assert await archive.found(contents='0|"one two omega"') == [near]


async def test_a_star_stands_for_the_rest_of_a_word(archive: Archive) -> None:
    said = await archive.say("internationalisation is long")
    await archive.settled()
    assert await archive.found(content="internat* long") == [said]


async def test_the_last_word_may_be_unfinished(archive: Archive) -> None:
    said = await archive.say("a wonderful thunderstorm")
    await archive.settled()
    assert await archive.found(content="wonderful thun") == [said]
    assert await archive.found(content="wonderful thun ") == []
    assert await archive.found(content="wond thunderstorm") == []


async def test_what_is_there_as_it_was_typed_comes_without_what_resembles_it(
    archive: Archive,
) -> None:
    said = await archive.say("a cat")
    await archive.say("a category and a cart")
    await archive.settled()
    assert await archive.found(content="cat") == [said]


@pytest.mark.parametrize("typed", ["kangeroo", "kangarooo", "kagnaroo", "kanaroo", "kangraooo"])
async def test_slips_of_the_pen_are_forgiven(archive: Archive, typed: str) -> None:
    said = await archive.say("there goes a kangaroo")
    await archive.settled()
    assert await archive.found(content=f"{typed} ") == [said]


async def test_a_short_word_forgives_one_slip_and_a_very_short_one_none(archive: Archive) -> None:
    said = await archive.say("my tiger and cat")
    await archive.settled()
    assert await archive.found(content="tigre ") == [said]
    assert await archive.found(content="tyker ") == []
    assert await archive.found(content="cot ") == []


async def test_scripts_without_gaps_are_found_from_any_character_on(archive: Archive) -> None:
    said = await archive.say("私は日本語を勉強しています")
    await archive.say("日と本")
    await archive.settled()
    for words in ("日本", "日本語", "勉強", "ています"):
        assert await archive.found(content=words) == [said], words
    assert len(await archive.found(content="日")) == 2
    korean = await archive.say("오늘 한국어를 배웠다")
    thai = await archive.say("สวัสดีครับทุกคน")
    await archive.settled()
    assert await archive.found(content="한국") == [korean]
    assert await archive.found(content="ครับ") == [thai]
    half = await archive.say("ﾃﾞｰﾀを見る")
    await archive.settled()
    assert await archive.found(content="データ") == [half]


async def test_emojis_are_found(archive: Archive) -> None:
    thumb = await archive.say("fine 👍🏽")
    flag = await archive.say("🇫🇷🇩🇪")
    custom = await archive.say("<:pepe_happy:123456789012345678> yes")
    await archive.settled()
    assert await archive.found(content="👍") == [thumb]
    assert await archive.found(content="🇩🇪") == [flag]
    assert await archive.found(content="🇷🇩") == []
    for words in ("pepe_happy", ":pepe_happy:", "<:pepe_happy:123456789012345678>"):
        assert await archive.found(content=words) == [custom], words


async def test_code_is_found_by_names_and_their_parts(archive: Archive) -> None:
    said = await archive.say("`getUserName(os.path.join('src/rift/app.py', max_page_size))`")
    sharp = await archive.say("C++ or C#?")
    await archive.settled()
    names = ("getUserName", "getusername", "user", "os.path", "path.join", "max_page_size")
    for words in (*names, "page", "src/rift/app.py", "app.py", "getUserN", '"max page"'):
        assert await archive.found(content=words) == [said], words
    assert await archive.found(content="c++") == [sharp]
    assert await archive.found(content="c#") == [sharp]


async def test_embeds_and_what_is_forwarded_are_found_by_their_words(archive: Archive) -> None:
    box = {"title": "Quarterly", "fields": [{"name": "gain", "value": "plentiful"}]}
    embed = await archive.say("", embeds=[box])
    original = await archive.say("a memorable saying")
    pointer = {"type": 1, "channel_id": archive.talk, "message_id": original}
    forward = (await archive.ann.say(archive.talk, "", message_reference=pointer))["id"]
    await archive.settled()
    assert await archive.found(content="plentiful") == [embed]
    assert await archive.found(content='"Quarterly gain"') == [embed]
    assert await archive.found(content="memorable") == [forward, original]
    assert await archive.found(has="snapshot") == [forward]


async def test_what_was_found_is_highlighted(archive: Archive) -> None:
    await archive.say("👍 Running to the café")
    await archive.settled()
    found = await archive.search(content="run cafe")
    (message,) = found["messages"][0]
    assert message["hit"] is True
    text = message["content"].encode("utf-16-le")
    marked = [text[start * 2 : end * 2].decode("utf-16-le") for start, end in message["highlights"]]
    assert marked == ["Running", "café"]
    assert "reactions" not in message


@pytest.mark.parametrize("words", ["'", "\\", "a'b\\c", "!!", "&|!<->", "(", ":*", "' | '", "%"])
async def test_what_has_a_meaning_elsewhere_has_none_here(archive: Archive, words: str) -> None:
    said = await archive.say(f"well {words} then")
    await archive.settled()
    assert said in await archive.found(content=f"well {words} then")
    await archive.search(content=words)


# What else is known of a message.


async def test_messages_are_found_by_who_wrote_them(archive: Archive) -> None:
    mine = await archive.say("from ann")
    yours = (await archive.ben.say(archive.talk, "from ben"))["id"]
    bot = await archive.server.bot(archive.ann, archive.id)
    machine = (await bot.say(archive.talk, "from a machine"))["id"]
    await archive.settled()
    assert await archive.found(author_id=archive.ben.id) == [yours]
    assert await archive.found(content="from", author_type="bot") == [machine]
    assert await archive.found(content="from", author_type="-bot") == [yours, mine]
    both = [("author_id", archive.ben.id), ("author_id", bot.id)]
    assert await archive.found(both) == [machine, yours]


async def test_messages_are_found_by_whom_they_call_and_answer(archive: Archive) -> None:
    role = await archive.ann.post(f"/guilds/{archive.id}/roles", {"name": "helpers"})
    call = await archive.say(f"hello <@{archive.ben.id}>")
    team = await archive.say(f"hello <@&{role['id']}>")
    everyone = await archive.say("hello @everyone")
    quiet = await archive.say("hello")
    answer = await archive.say("yes", message_reference={"message_id": call})
    await archive.settled()
    assert await archive.found(mentions=archive.ben.id) == [call]
    assert await archive.found(mentions_role_id=role["id"]) == [team]
    assert await archive.found(mention_everyone="true") == [everyone]
    assert await archive.found(content="hello", mention_everyone="false") == [quiet, team, call]
    assert await archive.found(replied_to_message_id=call) == [answer]
    assert await archive.found(replied_to_user_id=archive.ann.id) == [answer]


async def test_messages_are_found_by_what_they_have(archive: Archive) -> None:
    plain = await archive.say("things: nothing")
    link = await archive.say("things: https://www.Example.org:8080/a?b=c")
    embed = await archive.say("things: a box", embeds=[{"title": "box"}])
    picture = {"image": {"url": "https://example.org/i.png"}}
    image = await archive.say("things: a picture", embeds=[picture])
    await archive.settled()
    assert await archive.found(has="link") == [link]
    assert await archive.found(has="embed") == [image, embed]
    assert await archive.found([("has", "embed"), ("has", "-image")]) == [embed]
    assert await archive.found([("content", "things"), ("has", "-embed")]) == [link, plain]
    assert await archive.found(link_hostname="example.org") == [link]
    assert await archive.found(link_hostname="www.example.org") == [link]
    assert await archive.found(link_hostname="ample.org") == []
    assert await archive.found(has="sound") == []


async def test_messages_are_found_by_their_files(archive: Archive) -> None:
    async def send(name: str, data: bytes) -> str:
        path = f"/channels/{archive.talk}/attachments"
        wish = {"id": "0", "filename": name, "file_size": len(data)}
        (slot,) = (await archive.ann.post(path, {"files": [wish]}))["attachments"]
        async with archive.server.http.put(slot["upload_url"], data=data) as reply:
            assert reply.status < 300, await reply.text()
        file = {"id": "0", "filename": name, "uploaded_filename": slot["upload_filename"]}
        sent = await archive.ann.post(f"/channels/{archive.talk}/messages", {"attachments": [file]})
        return str(sent["id"])

    notes = await send("Meeting_Notes.txt", b"what was said")
    dot = await send("dot.png", PIXEL)
    await archive.settled()
    assert await archive.found(has="file") == [dot, notes]
    assert await archive.found(has="image") == [dot]
    assert await archive.found(attachment_filename="meeting_notes.TXT") == [notes]
    assert await archive.found(attachment_extension="png") == [dot]
    assert await archive.found(content="meeting notes") == [notes]


async def test_a_sticker_is_found(own_server: Server, database: str) -> None:
    archive = await Archive(own_server).open()
    said = await archive.say("look at this")
    await archive.settled()
    connection = await asyncpg.connect(database)
    sticker = [{"id": "77", "name": "waving fox", "format_type": 1}]
    await connection.execute(
        "update messages set sticker_items = $1, content = 'sticker' where id = $2",
        json.dumps(sticker),
        int(said),
    )
    await connection.close()
    await until(lambda: archive.finds(said, has="sticker"))
    assert await archive.found(content="fox") == [said]


async def test_a_pin_counts_from_when_it_is_set_until_it_is_taken_off(archive: Archive) -> None:
    said = await archive.say("to be kept")
    other = await archive.say("not to be kept")
    pin = f"/channels/{archive.talk}/messages/pins/{said}"
    await archive.ann.put(pin)

    async def pinned() -> list[str]:
        return await archive.found(pinned="true")

    async def is_pinned() -> bool:
        return await pinned() == [said]

    await until(is_pinned)
    assert other in await archive.found(content="kept", pinned="false")
    assert said not in await archive.found(content="kept", pinned="false")
    await archive.ann.delete(pin)

    async def is_loose() -> bool:
        return await pinned() == [] and said in await archive.found(content="kept")

    await until(is_loose)


# Order and pages.


async def test_the_newest_come_first_unless_asked_otherwise(archive: Archive) -> None:
    said = [await archive.say(f"number {number}") for number in range(7)]
    await archive.settled()
    assert await archive.found(content="number") == said[::-1]
    assert await archive.found(content="number", sort_order="asc") == said
    found = await archive.search(content="number", limit=3, offset=2)
    assert (ids(found), found["total_results"]) == (said[2:5][::-1], 7)
    assert await archive.found(content="number", max_id=said[3]) == said[:3][::-1]
    assert await archive.found(content="number", min_id=said[3], sort_order="asc") == said[4:]
    assert await archive.found(content="number", max_id=said[0]) == []


async def test_the_end_of_what_there_is_is_not_followed_by_what_resembles_it(
    archive: Archive,
) -> None:
    await archive.say("a kangeroo")
    said = await archive.say("a kangaroo")
    await archive.settled()
    assert await archive.found(content="kangaroo") == [said]
    assert await archive.found(content="kangaroo", max_id=said) == []
    assert await archive.found(content="kangaroo", offset=25) == []


async def test_days_moments_and_ids_are_bounds(archive: Archive) -> None:
    said = [await archive.say(f"number {number}") for number in range(5)]
    await archive.settled()
    now = datetime.now(UTC)
    today, tomorrow = f"{now:%Y-%m-%d}", f"{now + timedelta(days=1):%Y-%m-%d}"
    assert await archive.found(content="number", before=said[1]) == said[:1]
    assert await archive.found(content="number", after=said[3]) == said[4:]
    assert await archive.found(content="number", before=tomorrow) == said[::-1]
    assert await archive.found(content="number", after=today) == []
    assert await archive.found(content="number", after="2020-01-01T00:00:00Z") == said[::-1]
    assert await archive.found(content="number", around=said[2], limit=3) == said[1:4][::-1]
    path = f"/guilds/{archive.id}/messages/search?before=yesterday"
    assert (await archive.ben.refused("GET", path)).code == 50035


async def test_relevance_prefers_words_as_written_and_close_together(archive: Archive) -> None:
    exact = await archive.say("connect cable")
    apart = await archive.say("connect this and that and more, and at last the cable")
    forms = await archive.say("connecting cables")
    await archive.settled()
    found = await archive.found(content="connect cable", sort_by="relevance")
    assert found[0] == exact
    assert set(found) == {exact, apart, forms}


async def test_tabs_go_on_where_their_cursor_says(archive: Archive) -> None:
    said = [await archive.say(f"number {number}") for number in range(5)]
    await archive.settled()
    path = f"/guilds/{archive.id}/messages/search/tabs"
    for sort_by in ("timestamp", "relevance"):
        tab: Json = {"content": "number", "limit": 2, "sort_by": sort_by}
        gathered: list[str] = []
        while True:
            found = (await archive.ben.post(path, {"tabs": {"messages": tab}}))["tabs"]["messages"]
            gathered += ids(found)
            assert found["total_results"] == 5 or sort_by == "timestamp"
            if not found["cursor"]:
                break
            tab["cursor"] = found["cursor"]
        assert sorted(gathered) == said
    links = {"has": ["link"], "sort_by": "relevance"}
    found = await archive.ben.post(path, {"tabs": {"links": links, "messages": tab}})
    assert found["tabs"]["links"]["total_results"] == 0
    wrong = {"tabs": {"messages": {"cursor": {"type": "score"}, "content": "number"}}}
    assert (await archive.ben.refused("POST", path, wrong)).code == 50035


# What changes.


async def test_an_edit_is_found_by_what_it_says_now(archive: Archive) -> None:
    said = await archive.say("the old wording")
    await archive.settled()
    path = f"/channels/{archive.talk}/messages/{said}"
    await archive.ann.patch(path, {"content": "the new phrase"})
    assert await archive.found(content="wording") == []
    await until(lambda: archive.finds(said, content="phrase"))
    assert await archive.found(content="wording") == []


async def test_what_is_deleted_is_found_by_nobody_from_that_moment_on(archive: Archive) -> None:
    said = [await archive.say(f"regrettable {number}") for number in range(4)]
    await archive.settled()
    await archive.ann.delete(f"/channels/{archive.talk}/messages/{said[0]}")
    assert await archive.found(content="regrettable") == said[1:][::-1]
    body = {"messages": said[1:3]}
    await archive.ann.post(f"/channels/{archive.talk}/messages/bulk-delete", body)
    found = await archive.search(content="regrettable")
    assert (ids(found), found["total_results"]) == (said[3:], 1)
    other = await archive.ann.channel(archive.id, "other")
    await archive.say("regrettable elsewhere", other["id"])
    await archive.settled()
    await archive.ann.delete(f"/channels/{other['id']}")
    assert (await archive.search(content="regrettable"))["total_results"] == 1


# Private channels, and everywhere.


async def test_private_channels_are_searched_by_those_in_them(archive: Archive) -> None:
    ann, ben = archive.ann, archive.ben
    eve = await archive.server.person()
    await befriend(ann, ben, eve)
    talk = await direct(ann, ben)
    said = (await ann.say(talk["id"], "our little confidence"))["id"]
    circle = await group(ann, ben, eve)
    loud = (await ann.say(circle["id"], "a confidence of three"))["id"]
    in_guild = await archive.say("confidence in the guild")
    await archive.settled()
    path = f"/channels/{talk['id']}/messages/search?content=confidence"
    await until(lambda: _has(ben, path, said))
    found = await ben.get(path)
    assert (ids(found), found["total_results"]) == ([said], 1)
    assert [it["id"] for it in found["channels"]] == [talk["id"]]
    assert (await eve.refused("GET", path)).code == 10003
    everywhere = "/users/@me/messages/search?content=confidence"
    await until(lambda: _has(eve, everywhere, loud))
    assert ids(await ben.get(everywhere)) == [in_guild, loud, said]
    assert ids(await eve.get(everywhere)) == [loud]
    tabs = {"tabs": {"messages": {"content": "confidence"}}}
    private = await ben.post("/users/@me/messages/search/tabs", tabs)
    assert ids(private["tabs"]["messages"]) == [loud, said]
    one = await ben.post(f"/channels/{talk['id']}/messages/search/tabs", tabs)
    assert ids(one["tabs"]["messages"]) == [said]


async def test_who_left_a_group_finds_nothing_in_it(archive: Archive) -> None:
    eve = await archive.server.person()
    await befriend(archive.ann, archive.ben, eve)
    circle = await group(archive.ann, archive.ben, eve)
    said = (await archive.ann.say(circle["id"], "a confidence"))["id"]
    everywhere = "/users/@me/messages/search?content=confidence"
    await until(lambda: _has(eve, everywhere, said))
    await eve.delete(f"/channels/{circle['id']}")
    found = await eve.get(everywhere)
    assert (ids(found), found["total_results"]) == ([], 0)


async def test_whom_one_blocked_one_does_not_find_everywhere(archive: Archive) -> None:
    said = (await archive.ben.say(archive.talk, "an insult"))["id"]
    await archive.settled()
    path = "/users/@me/messages/search?content=insult"
    assert ids(await archive.ann.get(path)) == [said]
    await block(archive.ann, archive.ben)
    found = await archive.ann.get(path)
    assert (ids(found), found["total_results"]) == ([], 0)


async def test_bots_search_guilds_only_and_with_the_intent_for_content(archive: Archive) -> None:
    said = await archive.say("for machines as well")
    await archive.settled()
    path = f"/guilds/{archive.id}/messages/search?content=machines"
    blind = await archive.server.bot(archive.ann, archive.id)
    assert (await blind.refused("GET", path)).code == 50001
    bot = await archive.server.bot(archive.ann, archive.id, flags=1 << 19)
    assert ids(await bot.get(path)) == [said]
    assert (await bot.refused("GET", "/users/@me/messages/search?content=x")).code == 20001


# The index itself.


async def test_messages_from_before_there_was_an_index_are_found_in_the_end(
    own_server: Server, database: str
) -> None:
    archive = await Archive(own_server).open()
    said = [await archive.say(f"ancient {number}") for number in range(300)]
    await archive.settled()
    connection = await asyncpg.connect(database)
    async with connection.transaction():
        await connection.execute("truncate search_documents, search_segments")
        await connection.execute(
            "insert into search_backfill (reached, oldest) select max(id), min(id) from messages"
        )
    await connection.close()
    path = f"/guilds/{archive.id}/messages/search?content=ancient"
    statuses = set[int]()

    async def complete() -> bool:
        reply = await archive.ben.call("GET", path)
        statuses.add(reply.status)
        if reply.status == 202:
            assert reply.code == 110000
            assert reply.body["retry_after"] > 0
        return reply.status == 200

    await until(complete)
    assert statuses == {200, 202}
    found = await archive.search(content="ancient")
    assert (ids(found), found["total_results"]) == (said[:-26:-1], 300)
    assert await archive.found(content="ancyent ") == said[:-26:-1]


async def test_a_word_is_forgotten_with_the_last_message_that_holds_it(
    own_server: Server, database: str
) -> None:
    archive = await Archive(own_server).open()
    first = await archive.say("my password is correcthorse")
    other = await archive.say("battery correcthorse")
    await archive.settled()
    connection = await asyncpg.connect(database)

    async def kept() -> set[str]:
        return {row["word"] for row in await connection.fetch("select word from search_words")}

    assert {"password", "correcthorse", "battery"} <= await kept()
    await archive.ann.delete(f"/channels/{archive.talk}/messages/{first}")

    async def gone() -> bool:
        return "password" not in await kept()

    await until(gone)
    assert {"correcthorse", "battery"} <= await kept()
    path = f"/channels/{archive.talk}/messages/{other}"
    await archive.ann.patch(path, {"content": "battery"})

    async def only_battery() -> bool:
        return "correcthorse" not in await kept() and "battery" in await kept()

    await until(only_battery)
    await connection.close()


async def test_a_full_segment_is_followed_by_another_one(own_server: Server, database: str) -> None:
    archive = await Archive(own_server).open()
    said = [await archive.say("part one")]
    await archive.settled()
    connection = await asyncpg.connect(database)
    for number in range(3):
        await connection.execute("update search_segments set count = 100000")
        said.append(await archive.say(f"part {number}"))
        await archive.settled()
    segments = await connection.fetch("select * from search_segments")
    await connection.close()
    assert len(segments) == 4
    assert await archive.found(content="part") == said[::-1]
    assert await archive.found(content="part", sort_order="asc") == said
    assert (await archive.search(content="part", limit=1))["total_results"] == 4
    ranked = await archive.found(content="part", sort_by="relevance")
    assert sorted(ranked) == said


async def _has(person: Person, path: str, id_: str) -> bool:
    return id_ in ids(await person.get(path))

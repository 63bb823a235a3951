"""Notes: what one writes about others, for oneself."""

from tests.server import Server


async def test_a_note_is_kept_and_told_to_ones_own_clients(server: Server) -> None:
    ann, bob = await server.person(), await server.person()
    async with server.gateway(ann) as other_device:
        await ann.put(f"/users/@me/notes/{bob.id}", {"note": "plays the cello"})
        change = await other_device.expect("USER_NOTE_UPDATE")
    assert change.data == {"id": bob.id, "note": "plays the cello"}
    note = {"user_id": ann.id, "note_user_id": bob.id, "note": "plays the cello"}
    assert await ann.get(f"/users/@me/notes/{bob.id}") == note
    assert await ann.get("/users/@me/notes") == {bob.id: "plays the cello"}


async def test_a_note_is_nobody_elses(server: Server) -> None:
    ann, bob = await server.person(), await server.person()
    await ann.put(f"/users/@me/notes/{bob.id}", {"note": "plays the cello"})
    assert await bob.get("/users/@me/notes") == {}
    assert (await bob.refused("GET", f"/users/@me/notes/{bob.id}")).code == 10013


async def test_an_empty_note_erases_it(server: Server) -> None:
    ann, bob = await server.person(), await server.person()
    for nothing in ("", None):
        await ann.put(f"/users/@me/notes/{bob.id}", {"note": "plays the cello"})
        await ann.put(f"/users/@me/notes/{bob.id}", {"note": nothing})
        assert (await ann.refused("GET", f"/users/@me/notes/{bob.id}")).code == 10013


async def test_a_note_is_about_somebody_and_not_endless(server: Server) -> None:
    ann, bob = await server.person(), await server.person()
    assert (await ann.refused("PUT", "/users/@me/notes/1", {"note": "who?"})).code == 10013
    reply = await ann.refused("PUT", f"/users/@me/notes/{bob.id}", {"note": "x" * 257})
    assert reply.code == 50035


async def test_bots_write_no_notes(server: Server) -> None:
    ann = await server.person()
    bot = await server.bot(ann)
    assert (await bot.refused("GET", "/users/@me/notes")).code == 20001
    assert (await bot.refused("PUT", f"/users/@me/notes/{ann.id}", {"note": "hm"})).code == 20001

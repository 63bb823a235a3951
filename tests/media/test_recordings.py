"""Films and sounds: how long, how large, how they look and sound, and films for everybody."""

import asyncio
import base64
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import av
import pytest

from rift.media import Rendition, Unreadable, Workshop, can_play_video
from rift.media.headers import read_facts
from rift.media.kinds import KINDS, head_of, kind_of
from tests.media import pictures, recordings
from tests.patience import until

CONTENT_TYPES = {
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
    "mkv": "video/x-matroska",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "m4a": "audio/mp4",
    "wav": "audio/wav",
    "flac": "audio/flac",
    "aac": "audio/aac",
}


@pytest.fixture(scope="module")
async def workshop() -> AsyncIterator[Workshop]:
    async with Workshop(workers=1) as opened:
        yield opened


@pytest.mark.parametrize("kind", recordings.FILMS)
async def test_a_film_tells_its_size_and_length_and_shows_a_blur(
    workshop: Workshop, kind: str
) -> None:
    found = await workshop.probe(recordings.film(kind, seconds=1.5))
    assert (found.kind, found.content_type) == (kind, CONTENT_TYPES[kind])
    assert (found.width, found.height) == (96, 64)
    assert found.duration_secs == pytest.approx(1.5, abs=0.1)
    assert found.placeholder
    assert found.placeholder_version == 1


@pytest.mark.parametrize("kind", recordings.SOUNDS)
async def test_a_sound_tells_its_length_and_where_it_is_loud(workshop: Workshop, kind: str) -> None:
    found = await workshop.probe(recordings.sound(kind, seconds=2))
    assert (found.kind, found.content_type) == (kind, CONTENT_TYPES[kind])
    assert found.duration_secs == pytest.approx(2, abs=0.12)
    waveform = base64.b64decode(found.waveform or "")
    assert 18 <= len(waveform) <= 23
    assert max(waveform) == 255
    assert max(waveform[:8]) < 30
    assert min(waveform[12:18]) > 200


@pytest.mark.parametrize("kind", recordings.VOICES)
async def test_a_film_without_pictures_is_a_sound(workshop: Workshop, kind: str) -> None:
    found = await workshop.probe(recordings.sound(kind, seconds=2))
    assert (found.kind, found.content_type) == (kind, f"audio/{kind}")
    assert found.duration_secs == pytest.approx(2, abs=0.12)
    assert found.waveform
    assert found.width is None


async def test_a_long_sound_has_no_longer_waveform(workshop: Workshop) -> None:
    found = await workshop.probe(recordings.sound("wav", seconds=60))
    assert len(base64.b64decode(found.waveform or "")) == 256


@pytest.mark.parametrize("kind", [*recordings.FILMS, *recordings.SOUNDS])
def test_headers_alone_tell_size_and_length(kind: str) -> None:
    """As where nothing is installed that decodes."""
    is_film = kind in recordings.FILMS
    data = recordings.film(kind) if is_film else recordings.sound(kind, seconds=1)
    facts = read_facts(KINDS[kind], data)
    assert facts.duration_secs == pytest.approx(1, abs=0.12)
    assert (facts.width, facts.height) == ((96, 64) if is_film else (None, None))


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("mp4", {"movflags": "frag_keyframe+empty_moov+default_base_moof"}),
        ("mp4", {"movflags": "faststart"}),
        ("webm", {"live": "1"}),
        ("mkv", {"live": "1"}),
    ],
    ids=["mp4-in-pieces", "mp4-header-first", "webm-live", "mkv-live"],
)
async def test_a_recording_that_did_not_know_its_end(
    workshop: Workshop, kind: str, options: dict[str, str]
) -> None:
    data = recordings.film(kind, seconds=2, **options)
    facts = read_facts(KINDS[kind], data)
    assert (facts.width, facts.height) == (96, 64)
    assert facts.duration_secs == pytest.approx(2, abs=0.12)
    found = await workshop.probe(data)
    assert found.duration_secs == pytest.approx(2, abs=0.12)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
async def test_a_turned_film_is_seen_upright(workshop: Workshop, tmp_path: Path, turn: int) -> None:
    path = tmp_path / "film"
    path.write_bytes(recordings.film("mp4", rotation=turn))
    upright = (96, 64) if turn in {0, 180} else (64, 96)
    found = await workshop.probe(path)
    assert (found.width, found.height) == upright
    poster = await workshop.poster(path, Rendition(format="png"))
    image = pictures.decoded(poster.data).convert("RGB")
    assert image.size == upright
    corner = {0: (4, 4), 90: (4, 90), 180: (90, 4), 270: (4, 4)}[turn]
    red, _, blue = image.getpixel(corner)
    assert red > 150
    assert blue < 100
    made = await workshop.preview(path, tmp_path / "preview")
    assert (made.width, made.height) == upright


async def test_a_poster_is_not_dark_when_the_film_is_not(workshop: Workshop) -> None:
    film = recordings.film("mp4", seconds=4, dark_s=0.3)
    poster = await workshop.poster(film, Rendition(format="webp", width=48, height=48))
    assert (poster.width, poster.height) == (48, 32)
    assert pictures.decoded(poster.data).convert("RGB").getpixel((4, 4))[0] > 150


async def test_a_film_is_made_into_one_that_every_browser_plays(
    workshop: Workshop, tmp_path: Path
) -> None:
    source, target = tmp_path / "film.mp4", tmp_path / "preview.webm"
    source.write_bytes(recordings.film("mkv", seconds=4, size=(1600, 900), sound=True))
    shares: list[float] = []
    made = await workshop.preview(source, target, shares.append)
    assert (made.kind, made.width, made.height) == ("webm", 1280, 720)
    assert made.duration_secs == pytest.approx(4, abs=0.1)
    assert shares == sorted(shares)
    assert shares
    assert all(0 < share <= 1 for share in shares)
    with av.open(str(target)) as film:
        assert film.streams.video[0].codec.name in {"vp9", "libvpx-vp9"}
        assert film.streams.audio[0].codec.name in {"opus", "libopus"}
        assert sum(1 for _ in film.decode(video=0)) == 80


async def test_a_film_may_be_killed_and_is_made_anew(workshop: Workshop, tmp_path: Path) -> None:
    source, target = tmp_path / "film.mp4", tmp_path / "preview.webm"
    source.write_bytes(recordings.film("mp4", seconds=6, size=(1280, 720)))
    shares: list[float] = []
    before = workshop.pids
    making = asyncio.create_task(workshop.preview(source, target, shares.append))
    await until(lambda: bool(shares), within_s=30)
    for pid in workshop.pids - before or workshop.pids:
        os.kill(pid, signal.SIGKILL)
    made = await making
    assert made.duration_secs == pytest.approx(6, abs=0.1)


async def test_quick_work_does_not_wait_for_a_film(workshop: Workshop, tmp_path: Path) -> None:
    source, target = tmp_path / "film.mp4", tmp_path / "preview.webm"
    source.write_bytes(recordings.film("mp4", seconds=6, size=(1280, 720)))
    making = asyncio.create_task(workshop.preview(source, target))
    await workshop.probe(pictures.encoded(pictures.picture(), "PNG"))
    assert not making.done()
    making.cancel()
    with pytest.raises(asyncio.CancelledError):
        await making


async def test_what_is_no_film_has_no_poster(workshop: Workshop, tmp_path: Path) -> None:
    song = recordings.sound("ogg")
    with pytest.raises(Unreadable):
        await workshop.poster(song, Rendition())
    path = tmp_path / "song"
    path.write_bytes(song)
    with pytest.raises(Unreadable):
        await workshop.preview(path, tmp_path / "preview")


@pytest.mark.parametrize("kind", [*recordings.FILMS, *recordings.SOUNDS])
async def test_every_place_of_a_recording_may_be_broken(workshop: Workshop, kind: str) -> None:
    """Cut short or turned round: told as far as it can be, or refused, but always answered."""
    is_film = kind in recordings.FILMS
    whole = recordings.film(kind) if is_film else recordings.sound(kind, seconds=0.5)
    broken = [whole[: len(whole) * share // 10] for share in range(1, 10)]
    for at in range(12, len(whole), max(1, len(whole) // 30)):
        turned = bytearray(whole)
        turned[at] ^= 0xFF
        broken.append(bytes(turned))
    answered = 0
    for data in broken:
        try:
            found = await workshop.probe(data)
        except Unreadable:
            answered += 1
            continue
        assert found.duration_secs is None or found.duration_secs >= 0
        answered += 1
    assert answered == len(broken)


@pytest.mark.parametrize("kind", [*recordings.FILMS, *recordings.SOUNDS])
def test_headers_of_any_bytes_end(kind: str) -> None:
    """What follows a true beginning may be anything, also without end."""
    is_film = kind in recordings.FILMS
    whole = recordings.film(kind) if is_film else recordings.sound(kind, seconds=0.5)
    for tail in (bytes(5000), b"\xff" * 5000, b"\x01\x00\x00\x00" * 1500, whole[::-1]):
        for keep in (4, 12, 40, 200):
            data = whole[:keep] + tail
            try:
                facts = read_facts(kind_of(head_of(data)), data)
            except Unreadable:
                continue
            assert facts.duration_secs is None or facts.duration_secs >= 0


def test_films_can_be_played_where_the_tests_run() -> None:
    assert can_play_video()

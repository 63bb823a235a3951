"""Web Push against the example of RFC 8291, and against what browsers hand over."""

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key

from rift.protocols import webpush

# RFC 8291, section 5 and appendix A.
TEXT = b"When I grow up, I want to be a watermelon"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
RECEIVER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
    "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
    "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_the_specification_comes_out() -> None:
    sender = derive_private_key(int.from_bytes(webpush.decoded(SENDER)), SECP256R1())
    to = webpush.receiver(RECEIVER, AUTH)
    sealed = webpush.encrypted(TEXT, to, webpush.decoded(SALT), sender)
    assert webpush.encoded(sealed) == SEALED


def test_the_longest_payload_fills_one_record() -> None:
    to = webpush.receiver(RECEIVER, AUTH)
    salt = bytes(webpush.SALT_BYTES)
    sealed = webpush.encrypted(bytes(webpush.MOST_BYTES), to, salt, webpush.new_key())
    assert len(sealed) == 4096


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", AUTH),
        (RECEIVER[:-4], AUTH),
        (RECEIVER, AUTH[:-4]),
        (RECEIVER, ""),
        ("é" * 87, AUTH),
        ("BA" + "A" * 85, AUTH),  # not on the curve
        (RECEIVER, "é"),
    ],
)
def test_what_is_no_key_is_refused(p256dh: str, auth: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        webpush.receiver(p256dh, auth)


def test_the_sender_signs_for_one_service_and_can_be_read_again() -> None:
    key = webpush.read(webpush.written(webpush.new_key()))
    header = webpush.authorization(key, "https://push.example", "mailto:a@example.org", 4102444800)
    scheme, _, rest = header.partition(" ")
    fields = dict(part.strip().split("=", 1) for part in rest.split(","))
    assert scheme == "vapid"
    assert fields["k"] == webpush.encoded(webpush.point(key))
    claims = jwt.decode(
        fields["t"], key.public_key(), algorithms=["ES256"], audience="https://push.example"
    )
    assert claims["sub"] == "mailto:a@example.org"

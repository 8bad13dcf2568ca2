"""Signed messages between programs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hotline.webhooks import NotSigned, Signed, new_secret, sign, verify

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
AT = datetime.fromtimestamp(1614265330, UTC)
BODY = b'{"test": 2432232314}'


def refusal(signed: Signed, *, body: bytes = BODY, at: datetime = AT, secrets: tuple[str, ...] = (SECRET,)) -> str:
    with pytest.raises(NotSigned) as refused:
        verify(body, signed, at=at, secrets=secrets)
    return str(refused.value)


def test_it_signs_as_the_standards_own_example_does() -> None:
    assert sign(BODY, key=ID, at=AT, secret=SECRET).signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_what_was_signed_is_taken_within_five_minutes_on_either_side() -> None:
    signed = sign(BODY, key=ID, at=AT, secret=SECRET)
    for minutes in (-5, 0, 5):
        verify(BODY, signed, at=AT + timedelta(minutes=minutes), secrets=[SECRET])
    for seconds in (-301, 301):
        assert refusal(signed, at=AT + timedelta(seconds=seconds)) == "outdated"


def test_another_body_id_time_or_secret_is_refused() -> None:
    signed = sign(BODY, key=ID, at=AT, secret=SECRET)
    assert refusal(signed, body=BODY + b" ") == "wrong"
    assert refusal(Signed("msg_other", signed.timestamp, signed.signature)) == "wrong"
    assert refusal(Signed(ID, str(int(signed.timestamp) + 1), signed.signature)) == "wrong"
    assert refusal(signed, secrets=(new_secret(),)) == "wrong"


def test_one_of_several_signatures_and_secrets_is_enough() -> None:
    earlier, later = (sign(BODY, key=ID, at=AT, secret=secret) for secret in (new_secret(), SECRET))
    both = Signed(ID, later.timestamp, f"{earlier.signature} {later.signature}")
    verify(BODY, both, at=AT, secrets=[SECRET])
    verify(BODY, later, at=AT, secrets=[new_secret(), SECRET])


@pytest.mark.parametrize(
    ("signed", "why"),
    [
        (Signed("", "1614265330", "v1,x"), "missing"),
        (Signed(ID, "", "v1,x"), "missing"),
        (Signed(ID, "1614265330", ""), "missing"),
        (Signed(ID, "soon", "v1,x"), "malformed"),
        (Signed(ID, "-5", "v1,x"), "malformed"),
        (Signed(ID, "٣", "v1,x"), "malformed"),
        (Signed("m" * 81, "1614265330", "v1,x"), "malformed"),
        (Signed(ID, "9" * 400, "v1,x"), "outdated"),
        (Signed(ID, "1614265330", "v1,ÿþ v2,x nonsense"), "wrong"),
    ],
)
def test_garbage_is_refused_with_its_reason(signed: Signed, why: str) -> None:
    assert refusal(signed) == why

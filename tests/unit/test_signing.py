"""Signatures as Standard Webhooks says."""

import base64
from datetime import UTC, datetime

import pytest

from bot.casework.signing import key_of, signed_headers

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def test_the_published_example() -> None:
    """Known to the reference implementations."""
    at = datetime.fromtimestamp(1614265330, UTC)
    headers = signed_headers(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}')
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_another_moment_is_another_signature() -> None:
    at = datetime(2026, 1, 5, tzinfo=UTC)
    one, other = [signed_headers(SECRET, "m", at.replace(second=s), b"{}")["webhook-signature"] for s in (0, 1)]
    assert one != other


@pytest.mark.parametrize("length", [24, 64])
def test_a_secret_of_the_right_length(length: int) -> None:
    secret = base64.b64encode(b"k" * length).decode()
    assert key_of(f"whsec_{secret}") == key_of(secret) == b"k" * length


@pytest.mark.parametrize(
    "secret", ["", "whsec_", "whsec_不是密钥", "whsec_c2hvcnQ=", base64.b64encode(b"k" * 65).decode()]
)
def test_what_is_no_secret(secret: str) -> None:
    with pytest.raises(ValueError, match="密钥"):
        key_of(secret)

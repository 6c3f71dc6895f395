"""Signs what goes to field units, as Standard Webhooks 1.0.0 says: HMAC-SHA256 over id, timestamp and body."""

import base64
import hmac
from datetime import datetime
from hashlib import sha256

_PREFIX = "whsec_"
_SHORTEST, _LONGEST = 24, 64


def key_of(secret: str) -> bytes:
    """The key in "whsec_" and base64. Raises ValueError, in Chinese, for what is no such secret."""
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except ValueError:  # also binascii.Error
        raise ValueError("密钥应写成 whsec_ 加 Base64") from None
    if not _SHORTEST <= len(key) <= _LONGEST:
        raise ValueError(f"密钥应为 {_SHORTEST} 到 {_LONGEST} 字节，现在是 {len(key)} 字节")
    return key


def signed_headers(secret: str, webhook_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers of one attempt made `at`; `body` exactly as it is sent."""
    timestamp = str(int(at.timestamp()))
    content = b".".join((webhook_id.encode(), timestamp.encode(), body))
    digest = hmac.new(key_of(secret), content, sha256).digest()
    return {
        "webhook-id": webhook_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }

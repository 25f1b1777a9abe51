"""Keys of the API and signatures of webhooks.

Signatures follow the public Standard Webhooks scheme, so that its libraries can check them:
`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`, with the secret's base64 as key.
"""

import base64
import hashlib
import hmac
import secrets as random

KEY_PREFIX = "cz_"
SECRET_PREFIX = "whsec_"
SHOWN = 8  # characters of a key by which people tell it from others


def new_key() -> str:
    """A key to the API: 256 random bits in text."""
    return KEY_PREFIX + random.token_urlsafe(32)


def key_hash(key: str) -> str:
    """What is kept of a key. It is random enough to need no salt."""
    return hashlib.sha256(key.encode()).hexdigest()


def webhook_secret() -> str:
    """The secret by which a webhook's receiver knows us."""
    return SECRET_PREFIX + base64.b64encode(random.token_bytes(24)).decode()


def signature(secret: str, message: str, timestamp: int, body: bytes) -> str:
    """The value of the header `webhook-signature`."""
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    signed = f"{message}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()

"""Push through the services of the browsers' makers: encrypted (RFC 8291), signed (RFC 8292).

Nobody between sees what is said; a service takes a message once by its topic (RFC 8030).
"""

import hashlib
import json
import os
import time
from functools import cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from personalization.messages import posting
from personalization.messages.models import Subscription
from personalization.messages.providers import ProviderError
from personalization.messages.push import Push, decoded, encoded

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
KEPT = 2 * 24 * 3600  # seconds a service keeps it for a browser that is not there
SIGNED = 12 * 3600  # seconds a signature holds
RECORD = 4096
GONE = (404, 410)


class WebPush(Push):
    """Carries it; needs the internet, and no contract with anybody."""

    name = "webpush"
    posts = True

    def deliver(self, browser: Subscription, payload: bytes, key: str) -> bool:
        """One POST; 404 and 410 tell that the browser is gone."""
        headers = {
            "content-encoding": "aes128gcm",
            "content-type": "application/octet-stream",
            "ttl": str(KEPT),
            "urgency": "normal",
            "topic": encoded(hashlib.sha256(key.encode()).digest()[:24]),
            "authorization": _signed(browser.endpoint),
        }
        body = encrypt(payload, decoded(browser.public_key), decoded(browser.auth))
        answer = posting.post(browser.endpoint, body, headers)
        if answer.status in GONE:
            return False
        if not answer.good:
            raise ProviderError(f"the push service answers {answer.status}")
        return True


def encrypt(
    payload: bytes,
    public_key: bytes,
    auth: bytes,
    *,
    own: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """The body of the request: one record that only this browser reads (RFC 8291, 8188)."""
    own = own or ec.generate_private_key(CURVE)
    salt = salt or os.urandom(16)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, public_key)
    ours = point_of(own)
    shared = _derived(
        own.exchange(ec.ECDH(), theirs), auth, b"WebPush: info\0" + public_key + ours, 32
    )
    key = _derived(shared, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(shared, salt, b"Content-Encoding: nonce\0", 12)
    record = AESGCM(key).encrypt(nonce, payload + b"\x02", None)
    return salt + RECORD.to_bytes(4, "big") + bytes([len(ours)]) + ours + record


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public key as 65 bytes."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def public_key() -> str:
    """What browsers are told when they subscribe: only who holds its secret may push to them."""
    return encoded(point_of(_key(settings.VAPID_PRIVATE_KEY, settings.SECRET_KEY)))


@cache
def _key(given: str, secret: str) -> ec.EllipticCurvePrivateKey:
    """The key of the setting; without one, a key that hangs on SECRET_KEY."""
    if given:
        return ec.derive_private_key(int.from_bytes(decoded(given), "big"), CURVE)
    number = int.from_bytes(hashlib.sha512(f"push:{secret}".encode()).digest(), "big")
    return ec.derive_private_key(number % (ORDER - 1) + 1, CURVE)


def _signed(endpoint: str) -> str:
    """Who pushes, for this service and some hours (RFC 8292)."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + SIGNED,
        "sub": f"mailto:{settings.DEFAULT_FROM_EMAIL}",
    }
    head = {"typ": "JWT", "alg": "ES256"}
    text = ".".join(encoded(json.dumps(each).encode()) for each in (head, claims))
    key = _key(settings.VAPID_PRIVATE_KEY, settings.SECRET_KEY)
    r, s = decode_dss_signature(key.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
    signature = encoded(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={text}.{signature}, k={public_key()}"

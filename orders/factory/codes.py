"""What the codes on a paper say, and how a scanned or typed one is read.

A code is `WO:<number>:<revision>`, the revision being the first twelve hexadecimal digits of the
specification's hash. A keyboard scanner set to another layout types other punctuation, so only
letters and digits are read: `wo;C10001-1;0123abcdef45` is the same code.
"""

import re
from dataclasses import dataclass

REVISION = re.compile(r"[0-9a-f]{12}\Z")


@dataclass(frozen=True)
class Scan:
    """A work order's number (as slug of letters and digits) and the paper's revision, if any."""

    number: str
    revision: str = ""


class UnreadableCode(ValueError):
    """Nothing usable was scanned, or only a part of a code."""


def short_hash(sha: str) -> str:
    """The first digits of a specification's hash: what is drawn from it has them in its address."""
    return sha[:12]


def scan_code(number: str, sha: str) -> str:
    """The text in a paper's QR and bar code."""
    return f"WO:{number}:{sha[:12]}"


def read(code: str) -> Scan:
    """What was scanned or typed. UnreadableCode when it is empty or cut off."""
    words = re.findall(r"[A-Za-z0-9]+", code[:200])
    scanned = bool(words) and words[0].upper() == "WO"
    if scanned:
        words = words[1:]
    revision = words[-1].lower() if words else ""
    if len(words) > 1 and REVISION.match(revision):
        return Scan("-".join(words[:-1]), revision)
    if scanned or not words:
        raise UnreadableCode(code[:200])
    return Scan("-".join(words))

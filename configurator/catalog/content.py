"""A release's content: a product in JSON, in the shape of product.yaml with nothing left out.

Differences to the YAML: every text is a map by language; money and other exact numbers are
strings; `when` and other formulas that are not given are ""; lists and maps that are not given
are empty; `files` maps each picture path to its place under MEDIA_ROOT.
"""

import hashlib
import json
from typing import Any

Content = dict[str, Any]
Path = tuple[str | int, ...]
"""Where something stands in the content: ("steps", 0, "options", 2, "when")."""

FORMAT = 1
GUIDE: Path = ("product", "guide")
"""Where the questions about needs stand."""

CONTROLS = {
    "choice": ("cards", "swatches", "segmented", "select"),
    "toggle": ("switch",),
    "number": ("slider",),
    "text": ("text",),
    "file": ("file",),
}
"""How options of each kind can be shown; the first is the default."""
CHARACTERS = "A-Za-zÀ-ɏ0-9 .,:;!?&'’()/+-"
"""What a text may hold where the option does not say it."""


def beginning(kind: str) -> Content:
    """What an option of a kind is where nothing is said of it."""
    own: dict[str, Content] = {
        "text": {"max_length": 40, "characters": CHARACTERS},
        "file": {"accept": ["png", "jpeg", "webp"], "max_megabytes": 8, "minimum_pixels": 1},
    }
    return own.get(kind, {})


def canonical(data: Any) -> bytes:
    """`data` as JSON, always the same bytes for the same data."""
    return json.dumps(
        data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def sha_of(data: Any) -> str:
    """The sha256 of the canonical JSON of `data`."""
    return hashlib.sha256(canonical(data)).hexdigest()


def statements_of(content: Content) -> list[Content]:
    """The statements of the coverage, complete: what they do not say is "", None or {}."""
    nothing: Content = {"when": "", "exactly": None, "at_least": None, "message": {}}
    return [
        {
            **nothing,
            **statement,
            "code": str(statement["code"]),
            "of": [str(code) for code in statement["of"]],
        }
        for statement in content["coverage"]
    ]


def wants_of(content: Content) -> list[tuple[Path, Content]]:
    """What the answers of the guide speak for, each with its place."""
    return [
        ((*GUIDE, q, "answers", a, "wants", w), want)
        for q, question in enumerate(content["product"].get("guide", []))
        for a, answer in enumerate(question["answers"])
        for w, want in enumerate(answer.get("wants", []))
    ]


def options_of(content: Content) -> list[Content]:
    """Every option of the content, in the order of its steps."""
    return [option for step in content["steps"] for option in step["options"]]

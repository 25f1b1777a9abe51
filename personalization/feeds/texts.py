"""Texts as feeds take them: in one line, without markup or what can't be printed, not too long."""

import re
import unicodedata

TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")


def plain(text: str) -> str:
    """In one line, without tags and control characters."""
    while (without := TAG.sub(" ", text)) != text:
        text = without
    kept = (c if unicodedata.category(c)[0] != "C" or c in "\n\t" else " " for c in text)
    return " ".join("".join(kept).split())


def cut(text: str, most: int) -> str:
    """No more than so many characters, between words where that can be."""
    shown = plain(text)
    if len(shown) <= most:
        return shown
    short = shown[: most - 1]
    return f"{short.rsplit(' ', 1)[0] if ' ' in short else short}…"

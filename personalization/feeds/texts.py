"""Texts as feeds take them: in one line, without what can't be printed, not too long."""

import unicodedata


def plain(text: str) -> str:
    """In one line, without control characters."""
    kept = (c if unicodedata.category(c)[0] != "C" or c in "\n\t" else " " for c in text)
    return " ".join("".join(kept).split())


def cut(text: str, most: int) -> str:
    """No more than so many characters, between words where that can be."""
    shown = plain(text)
    if len(shown) <= most:
        return shown
    short = shown[: most - 1]
    return f"{short.rsplit(' ', 1)[0] if ' ' in short else short}…"

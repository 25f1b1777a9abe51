"""One more thing that is said in a talk."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.models import User

from personalization.dialogue.models import Message, Thread


def write(
    thread: Thread,
    texts: Mapping[str, str],
    *,
    by: User | None = None,
    ours: bool = False,
    inner: bool = False,
) -> Message:
    """Append it. Its words are kept once more as they are looked for, in any letters and case."""
    return Message.objects.create(
        thread=thread,
        by=by,
        ours=ours,
        inner=inner,
        texts=dict(texts),
        found_by=found_by(" ".join(texts.values())),
    )


def found_by(text: str) -> str:
    return " ".join(text.casefold().split())

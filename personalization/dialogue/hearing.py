"""What is said of what arrived, with words to it, stands in the inbox, too."""

from __future__ import annotations

from orders.voices.models import Voice
from personalization.dialogue.deadlines import deadline
from personalization.dialogue.models import Thread
from personalization.dialogue.writing import write


def hear(voice: Voice) -> None:
    """Begin a talk about a voice, or go on with it; without words there is nothing to answer."""
    thread = Thread.objects.filter(voice=voice).first()
    if not voice.words:
        if thread is not None:
            thread.delete()
        return
    line = voice.line
    order = line.order
    facts = {
        "email": order.email,
        "author": voice.author,
        "language": voice.language,
        "public": voice.public,
        "shown": Thread.Shown.NEW,
        "state": Thread.State.OPEN,
        "due_at": deadline(voice.said_at),
    }
    if thread is None:
        thread = Thread.objects.create(
            kind=Thread.Kind.REVIEW,
            product_id=voice.specification.release.product_id,
            design=line.design,
            revision=voice.revision,
            line=line,
            voice=voice,
            asked_at=voice.said_at,
            **facts,
        )
    else:
        Thread.objects.filter(pk=thread.pk).update(**facts, version=thread.version + 1)
        last = thread.messages.filter(ours=False).last()
        if last is not None and last.texts.get(voice.language) == voice.words:
            return
    write(thread, {voice.language: voice.words})

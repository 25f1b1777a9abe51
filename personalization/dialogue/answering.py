"""What the firm's people do with a talk: take it, answer it, show it, close it.

Every change is guarded by the version of the talk that was looked at, so that two who answer at the
same time notice each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from configurator.catalog.models import Release
from configurator.catalog.texts import languages
from orders import jobs
from orders.fields import clean_lines
from orders.voices.models import Voice
from personalization.dialogue import fields, reminding
from personalization.dialogue.models import LONGEST, Idea, Message, SavedAnswer, Thread
from personalization.dialogue.writing import write

TELL, TELL_OF_IDEA = "dialogue.tell", "dialogue.tell_of_idea"


class Outdated(Exception):
    """Somebody else has done something with the talk meanwhile."""


def assign(*, thread: Thread, to: User | None) -> None:
    """From now on it is this person's, who is reminded once it is late; nobody's with None."""
    with transaction.atomic():
        Thread.objects.filter(pk=thread.pk).update(assigned_to=to)
        reminding.remind_later(Thread.objects.get(pk=thread.pk))


def answer(
    *, thread: Thread, texts: Mapping[str, str], by: User | None, seen: int, close: bool = False
) -> Message:
    """Say this to the customer, and have it mailed if they wish. ValidationError by field."""
    clean = checked_texts(texts, needed=thread.language)
    with transaction.atomic():
        state = Thread.State.CLOSED if close else Thread.State.ANSWERED
        _move(thread, seen, state=state, due_at=None)
        if by is not None:
            Thread.objects.filter(pk=thread.pk, assigned_to=None).update(assigned_to=by)
        return say(thread, clean, by)


def say(thread: Thread, texts: Mapping[str, str], by: User | None) -> Message:
    """Write it below the talk, with the job that mails it; inside a transaction."""
    message = write(thread, texts, by=by, ours=True)
    if thread.email and not thread.quiet:
        jobs.enqueue(kind=TELL, queue="mail", payload={"message": message.pk})
    return message


def note(*, thread: Thread, text: str, by: User | None) -> Message:
    """Something for colleagues only."""
    clean = _clean("note", text)
    if not clean:
        raise ValidationError({"note": _("Write a few words.")})
    return write(thread, {thread.language: clean}, by=by, ours=True, inner=True)


def show(*, thread: Thread, shown: bool) -> None:
    """Let others read it, or not; only what its author agrees to have shown is."""
    if shown and not thread.public:
        raise ValidationError(_("Who wrote it did not agree to have it shown."))
    state = Thread.Shown.APPROVED if shown else Thread.Shown.DECLINED
    with transaction.atomic():
        Thread.objects.filter(pk=thread.pk).update(shown=state)
        if thread.voice_id is not None:
            Voice.objects.filter(pk=thread.voice_id).update(state=state)


def close(*, thread: Thread, seen: int) -> None:
    """Nothing more to say; if the customer writes again, it is open again."""
    _move(thread, seen, state=Thread.State.CLOSED, due_at=None)


def _move(thread: Thread, seen: int, **changes: object) -> None:
    rows = Thread.objects.filter(pk=thread.pk, version=seen)
    if not rows.update(**changes, version=F("version") + 1):
        raise Outdated
    thread.refresh_from_db()


def changed(
    *,
    release: Release,
    texts: Mapping[str, str],
    threads: Iterable[UUID],
    ideas: Iterable[UUID],
    by: User | None,
) -> tuple[int, int]:
    """You said, we changed: close what this release answers, and tell who asked.

    What is closed by a release already is left alone. How many talks and ideas there were.
    """
    clean = checked_texts(texts, needed="en")
    with transaction.atomic():
        told = [_closed_by(each, release, clean, by) for each in _talks(release, threads)]
        done = _ideas(release, ideas)
        for idea in done:
            decide(idea=idea, state=Idea.State.DONE, texts=clean, release=release)
    return len(told), len(done)


def _talks(release: Release, ids: Iterable[UUID]) -> list[Thread]:
    rows = Thread.objects.select_for_update().filter(
        pk__in=list(ids), product=release.product_id, release=None
    )
    return list(rows.order_by("asked_at"))


def _ideas(release: Release, ids: Iterable[UUID]) -> list[Idea]:
    rows = Idea.objects.select_for_update().filter(pk__in=list(ids), product=release.product_id)
    return list(rows.exclude(state__in=(Idea.State.DONE, Idea.State.HIDDEN)))


def _closed_by(
    thread: Thread, release: Release, texts: Mapping[str, str], by: User | None
) -> Message:
    Thread.objects.filter(pk=thread.pk).update(
        state=Thread.State.CLOSED, due_at=None, release=release, version=F("version") + 1
    )
    return say(thread, texts, by)


def decide(
    *, idea: Idea, state: str, texts: Mapping[str, str], release: Release | None = None
) -> None:
    """Answer an idea, and tell whoever proposed it. A decline says why; what is done says where."""
    if state not in Idea.State.values or state == Idea.State.NEW:
        raise ValidationError({"state": _("Choose what becomes of it.")})
    said = any(text.strip() for text in texts.values())
    if state == Idea.State.DECLINED and not said:
        raise ValidationError({f"text_{idea.language}": _("Say why: they took the trouble, too.")})
    if state == Idea.State.DONE and (release is None or release.product_id != idea.product_id):
        raise ValidationError({"release": _("Choose the release in which it is done.")})
    clean = checked_texts(texts, needed=idea.language) if said else {}
    done_in = release if state == Idea.State.DONE else None
    with transaction.atomic():
        now = Idea.objects.select_for_update().get(pk=idea.pk)
        if (now.state, now.answer, now.release) == (state, clean, done_in):
            return  # the same click twice
        Idea.objects.filter(pk=idea.pk).update(
            state=state, answer=clean, release=done_in, answered_at=timezone.now()
        )
        if idea.email and state not in (Idea.State.HIDDEN, Idea.State.OPEN):
            payload = {"idea": str(idea.pk), "state": state}
            jobs.enqueue(kind=TELL_OF_IDEA, queue="mail", payload=payload)


def save_answer(*, saved: SavedAnswer, texts: Mapping[str, str]) -> SavedAnswer:
    """Keep an answer to have at hand; what it names is checked now, not when it is needed."""
    clean = checked_texts(texts, needed="en")
    fields.check_all(clean)
    saved.name = " ".join(saved.name.split())
    saved.texts = clean
    saved.full_clean()
    saved.save()
    return saved


def checked_texts(texts: Mapping[str, str], needed: str) -> dict[str, str]:
    """Texts by language, cleaned, without empty ones; ValidationError by field `text_en` …

    `needed` is the language that must not be missing.
    """
    wrong: dict[str, list[str]] = {}
    found = {}
    for language in languages():
        try:
            if clean := _clean(f"text_{language}", texts.get(language, "")):
                found[language] = clean
        except ValidationError as error:
            wrong[f"text_{language}"] = error.message_dict[f"text_{language}"]
    wanted = needed if needed in languages() else "en"
    if not wrong and wanted not in found:
        wrong[f"text_{wanted}"] = [_("Write it in this language: it is the reader’s.")]
    if wrong:
        raise ValidationError(wrong)
    return found


def _clean(field: str, text: str) -> str:
    try:
        if len(text) > LONGEST * 2:
            raise ValidationError(_("Write at most %(most)d characters.") % {"most": LONGEST})
        clean = clean_lines(text)
        if len(clean) > LONGEST:
            raise ValidationError(_("Write at most %(most)d characters.") % {"most": LONGEST})
    except ValidationError as error:
        raise ValidationError({field: error.messages}) from None
    return clean

"""What customers do: ask, write again, take back, and say how they like single choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from configurator.catalog import happenings
from configurator.catalog.happenings import Happening
from configurator.catalog.models import Product
from configurator.wizard.models import Design
from orders.fields import check_has_letters, check_mail_goes_out, clean_line, clean_lines
from orders.models import OrderLine
from personalization.dialogue import naming, reminding
from personalization.dialogue.deadlines import deadline
from personalization.dialogue.models import LONGEST, LONGEST_NAME, ChoiceStars, Message, Thread
from personalization.dialogue.writing import write
from personalization.people.models import Person

MOST_OPEN = 20
"""So many questions of one person wait for an answer at most."""
MOST_MESSAGES = 100
MOST_STARS = 5


@dataclass(frozen=True)
class About:
    """What something is asked about."""

    product: Product
    design: Design | None = None
    line: OrderLine | None = None
    option: str = ""
    value: str = ""

    @property
    def revision(self) -> int | None:
        if self.line is not None:
            return self.line.design_revision
        return self.design.revision if self.design else None


@dataclass(frozen=True)
class Asker:
    """Who asks. `email` is where they want to be told, if anywhere."""

    person: Person | None
    language: str
    email: str = ""
    author: str = ""
    public: bool = False


def ask(*, about: About, words: str, asker: Asker) -> Thread:
    """Begin a talk. ValidationError by field; nothing is kept then."""
    words, email, author = checked(words=words, email=asker.email, author=asker.author)
    _check_option(about)
    if asker.person is not None and _waiting(asker.person) >= MOST_OPEN:
        raise ValidationError(
            {"words": _("You have asked much that we have not answered yet. Please wait for us.")}
        )
    now = timezone.now()
    with transaction.atomic():
        thread = Thread.objects.create(
            product=about.product,
            design=about.design,
            line=about.line,
            revision=about.revision,
            option=about.option,
            value=about.value,
            person=asker.person,
            email=email,
            author=author,
            language=asker.language,
            public=asker.public,
            asked_at=now,
            due_at=deadline(now),
        )
        write(thread, {thread.language: words})
        happenings.tell(
            Happening(
                happenings.WROTE,
                product=about.product.slug,
                design=about.design.pk if about.design else None,
                order=about.line.order_id if about.line else None,
                option=about.option,
                value=about.value,
            )
        )
    return thread


def _waiting(person: Person) -> int:
    return Thread.objects.filter(person=person, state=Thread.State.OPEN).count()


def _check_option(about: About) -> None:
    if not about.option:
        return
    found = naming.release_of(Thread(product=about.product, design=about.design, line=about.line))
    if found is None or about.option not in found.options:
        raise ValidationError({"option": _("Choose what it is about.")})


def checked(*, words: str, email: str = "", author: str = "") -> tuple[str, str, str]:
    """What was written, as it is kept; ValidationError by field."""
    wrong: dict[str, list[str]] = {}
    found = []
    for field, text in (("words", words), ("email", email), ("author", author)):
        try:
            found.append(_CHECKS[field](text))
        except ValidationError as error:
            wrong[field] = error.messages
    if wrong:
        raise ValidationError(wrong)
    return found[0], found[1], found[2]


def _short(text: str, most: int) -> str:
    if len(text) > most:
        raise ValidationError(_("Write at most %(most)d characters.") % {"most": most})
    return text


def _words(text: str) -> str:
    clean = _short(clean_lines(_short(text, LONGEST * 2)), LONGEST)
    if not any(c.isalnum() for c in clean):
        raise ValidationError(_("Write a few words."))
    return clean


def _email(text: str) -> str:
    clean = _short(text.strip(), 254)
    if clean:
        validate_email(clean)
        check_mail_goes_out(clean)
    return clean


def _author(text: str) -> str:
    clean = _short(clean_line(_short(text, LONGEST_NAME * 2)), LONGEST_NAME)
    if clean:
        check_has_letters(clean)
    return clean


_CHECKS = {"words": _words, "email": _email, "author": _author}


def write_again(*, thread: Thread, words: str) -> Message:
    """The customer goes on; the talk waits for an answer again."""
    (clean, _email, _author) = checked(words=words)
    now = timezone.now()
    with transaction.atomic():
        locked = Thread.objects.select_for_update().get(pk=thread.pk)
        if locked.messages.count() >= MOST_MESSAGES:
            raise ValidationError({"words": _("This talk is long enough. Please begin a new one.")})
        if locked.state != Thread.State.OPEN or locked.due_at is None:
            locked.due_at = deadline(now)
        locked.state = Thread.State.OPEN
        locked.version += 1
        locked.save(update_fields=["state", "due_at", "version"])
        reminding.remind_later(locked)
        return write(locked, {locked.language: clean})


def take_back(*, thread: Thread) -> None:
    """All of the talk is gone; what was said by a voice stays with the voice."""
    Thread.objects.filter(pk=thread.pk).delete()


def leave_in_peace(*, thread: Thread) -> None:
    """No mail about it any more."""
    Thread.objects.filter(pk=thread.pk).update(quiet=True)


def like(*, line: OrderLine, stars: Mapping[str, int]) -> int:
    """Stars for single choices of what somebody got, by option; 0 takes them back. How many were
    kept; ValidationError for what they did not choose, or no number of stars."""
    chosen = {each["option"]: each["value"] for each in line.specification.content["choices"]}
    for option, many in stars.items():
        if option not in chosen or not 0 <= many <= MOST_STARS:
            raise ValidationError(_("Choose one to five stars."))
    product_id = line.specification.release.product_id
    with transaction.atomic():
        kept = 0
        for option, many in stars.items():
            rows = ChoiceStars.objects.filter(line=line, option=option)
            if not many:
                rows.delete()
                continue
            kept += 1
            ChoiceStars.objects.update_or_create(
                line=line,
                option=option,
                defaults={
                    "product_id": product_id,
                    "value": naming.text_of(chosen[option])[:60],
                    "stars": many,
                    "said_at": timezone.now(),
                },
            )
    return kept

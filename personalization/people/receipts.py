"""Value receipts: what somebody told, what it changed for them, what they got for it; and back.

Whoever answers an exchange gets a code of its promotion for one order. Taking the answer back
erases it, with what it changed; an unused code works no more, what was bought stays bought.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.promo.batches import make_codes
from orders.promo.models import PromoCode
from personalization.people import consent, contacts, events, needing, wholes, withdrawing
from personalization.people.exchanges import Effect, Exchange, Given, Question
from personalization.people.models import Event, Person, Statement
from personalization.people.purposes import ASKED, Channel, Purpose

LONGEST_NUMBER = 20
CHANGED = {
    "recommendation": gettext_lazy("recommendations"),
    "page": gettext_lazy("pages"),
    "design": gettext_lazy("designs to begin with"),
    "message": gettext_lazy("messages"),
    "brochure": gettext_lazy("brochures"),
    "offer": gettext_lazy("offers"),
}


class NotReached(Exception):
    """A code is only given to whoever has shown an address of theirs."""


@dataclass(frozen=True)
class Receipt:
    """One exchange as its page tells it; `given` is None before, and `need` what it takes then."""

    exchange: Exchange
    given: Given | None
    told: tuple[tuple[str, str], ...]
    changed: tuple[tuple[str, int], ...]
    need: needing.Need | None = None

    @property
    def state(self) -> str:
        """What has become of the code: used, ready, or nothing."""
        code = self.given.code if self.given else None
        if code is None:
            return ""
        return "used" if code.used else "ready"


def receipts_of(person: Person | None) -> list[Receipt]:
    """All exchanges that are open, or that this person has made."""
    given = {row.exchange_id: row for row in _given(person)} if person else {}
    rows = Exchange.objects.prefetch_related("questions")
    shown = rows.filter(Q(active=True) | Q(pk__in=list(given)))
    return [_receipt(each, given.get(each.pk), person) for each in shown]


def _given(person: Person) -> list[Given]:
    rows = Given.objects.filter(_whole(person), withdrawn_at=None)
    return list(rows.select_related("code"))


def _whole(person: Person) -> Q:
    return wholes.of(person.whole_id)


def _receipt(exchange: Exchange, given: Given | None, person: Person | None) -> Receipt:
    if given is None or person is None:
        need = needing.need_of(person, exchange.purpose)
        return Receipt(exchange, None, (), (), need)
    questions = {each.code: each for each in exchange.questions.all()}
    stated = Statement.objects.filter(_whole(person), name__in=list(questions))
    told = tuple((questions[row.name].label, _said(row, questions[row.name])) for row in stated)
    effects = Effect.objects.filter(_whole(person), fact__in=list(questions))
    changed = tuple((str(CHANGED.get(row.what, row.what)), row.times) for row in effects)
    return Receipt(exchange, given, told, changed)


def _said(row: Statement, question: Question) -> str:
    if question.kind == Question.Kind.DAY:
        return _day_said(row.text)
    if row.number is None:
        return row.text
    places = 0 if row.number == int(row.number) else 1
    return f"{number_format(row.number, places)} {question.unit}".strip()


def _day_said(text: str) -> str:
    """Month and day in words; 2000 had all of them."""
    try:
        return date_format(date.fromisoformat(f"2000-{text}"), "MONTH_DAY_FORMAT")
    except ValueError:
        return text


@transaction.atomic
def give(
    *, person: Person, exchange: Exchange, answers: Mapping[str, str], read: str = ""
) -> Given:
    """Keep the answers, and give a code for them: once, however often it is sent. `read`: they
    allow what it is for, by the words of that version.

    ValidationError by question. Raises NotReached: without an address of their own, somebody could
    be as many persons as they like; and NotAllowed where they don't allow what it is for.
    """
    if exchange.promotion_id and not contacts.address_of(person, Channel.MAIL):
        raise NotReached
    values = _checked(exchange, answers)
    whole = Person.objects.select_for_update().get(pk=person.whole_id)
    needing.meet(whole, exchange.purpose, read)
    for question, (text, number) in values.items():
        about = {"text": text, "number": number, "purpose": exchange.purpose}
        Statement.objects.filter(_whole(whole), name=question.code).delete()
        Statement.objects.create(
            person=whole, name=question.code, source=f"exchange {exchange.code}", **about
        )
        events.append(person=whole, kind=Event.Kind.STATED, option=question.code)
    Person.objects.filter(pk=whole.pk).update(stale=True)
    known = Given.objects.filter(_whole(whole), exchange=exchange, withdrawn_at=None).first()
    if known is not None:
        return known
    return Given.objects.create(person=whole, exchange=exchange, code=_code(whole, exchange))


def _code(whole: Person, exchange: Exchange) -> PromoCode | None:
    """A code of their own; not a second one of who used the first, took back and tells again."""
    if exchange.promotion is None:
        return None
    before = Given.objects.filter(_whole(whole), exchange=exchange, code__used__gt=0)
    if before.exists():
        return None
    return make_codes(promotion=exchange.promotion, count=1)[0]


@transaction.atomic
def take_back(*, person: Person, exchange: Exchange) -> bool:
    """Everything that this exchange told is gone, with its effects; an unused code is void."""
    whole = Person.objects.select_for_update().get(pk=person.whole_id)
    rows = Given.objects.filter(_whole(whole), exchange=exchange, withdrawn_at=None)
    found = list(rows)
    if not found:
        return False
    # A code that an order takes at this moment is used, or void: whoever updates first decides.
    codes = [row.code_id for row in found]
    PromoCode.objects.filter(pk__in=[pk for pk in codes if pk], used=0).update(limit=0)
    answered = Statement.objects.filter(_whole(whole), source=f"exchange {exchange.code}")
    asked = exchange.questions.values_list("code", flat=True)
    names = sorted({*asked, *answered.values_list("name", flat=True)})  # asked no more, too
    answered.delete()
    Effect.objects.filter(_whole(whole), fact__in=names).delete()
    rows.update(withdrawn_at=timezone.now())
    for name in names:
        events.append(person=whole, kind=Event.Kind.WITHDREW, option=name)
    Person.objects.filter(pk=whole.pk).update(stale=True)
    withdrawing.tell(withdrawing.Withdrawal(whole, facts=frozenset(names)))
    return True


def unsay(person: Person, purpose: str, _channel: str) -> None:
    """Who allows a purpose by no channel any more takes back what they told for it."""
    if any(consent.allows(person, purpose, channel) for channel in ASKED[Purpose(purpose)]):
        return
    told = Exchange.objects.filter(purpose=purpose, given__in=_given(person))
    for exchange in told.distinct().order_by("pk"):
        take_back(person=person, exchange=exchange)


def changed(*, person: Person, fact: str, what: str) -> None:
    """Note that something told has changed something for this person: `what` is one of CHANGED.
    Only while it is known: a fact that was taken back changes nothing any more."""
    if not Statement.objects.filter(_whole(person), name=fact).exists():
        return
    row, _new = Effect.objects.get_or_create(person_id=person.whole_id, fact=fact, what=what)
    Effect.objects.filter(pk=row.pk).update(times=F("times") + 1, last_at=timezone.now())


def changed_by(*, person: Person, facts: Iterable[str], what: str) -> None:
    """The same for all of these that this person has told."""
    for fact in facts:
        changed(person=person, fact=fact, what=what)


def _checked(
    exchange: Exchange, answers: Mapping[str, str]
) -> dict[Question, tuple[str, float | None]]:
    wrong: dict[str, str] = {}
    values: dict[Question, tuple[str, float | None]] = {}
    for question in exchange.questions.all():
        try:
            values[question] = _answer(question, answers.get(question.code, "").strip())
        except ValueError as error:
            wrong[question.code] = str(error)
    if wrong:
        raise ValidationError(wrong)
    return values


def _answer(question: Question, said: str) -> tuple[str, float | None]:
    """The text or the number; ValueError says what is wrong."""
    if not said:
        raise ValueError(_("Please answer this."))
    if question.kind == Question.Kind.CHOICE:
        if said not in question.listed:
            raise ValueError(_("Choose one of the list."))
        return said, None
    if question.kind == Question.Kind.DAY:
        return _day(said), None
    plain = said.replace(",", ".").replace(" ", "")
    if len(plain) > LONGEST_NUMBER or not plain.replace(".", "", 1).isdecimal():
        raise ValueError(_("Write a number."))
    number = float(plain)
    low, high = question.low, question.high
    if (low is not None and number < low) or (high is not None and number > high):
        between = {"low": _plain(low), "high": _plain(high), "unit": question.unit}
        raise ValueError(_("Write a number from %(low)s to %(high)s %(unit)s.") % between)
    return "", number


def _day(said: str) -> str:
    """Month and day, like 05-17: the year is not kept, since nobody needs it."""
    try:
        found = date.fromisoformat(said if len(said) > 5 else f"2000-{said}")
    except ValueError:
        raise ValueError(_("Choose a day.")) from None
    return f"{found:%m-%d}"


def _plain(number: float | None) -> str:
    return "…" if number is None else f"{number:g}"

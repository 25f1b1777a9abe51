"""What people do, and what is asked to be said to them: each act by the services of its room."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from configurator.catalog import queries as catalog
from configurator.catalog.happenings import VIEWED, Happening, tell
from configurator.wizard.models import Design
from orders.models import Order
from personalization.experiments import services as experiments
from personalization.messages import services as messages
from personalization.messages.models import Message
from personalization.people import consent, contacts, visitors
from personalization.people.models import Person
from personalization.people.purposes import Channel, Purpose
from personalization.simulating import (
    buying,
    designing,
    effects,
    liking,
    offers,
    pages,
    saying,
    world,
)
from personalization.simulating.crowd import Somebody, dice
from personalization.simulating.effects import Chance

if TYPE_CHECKING:
    from personalization.simulating.run import Run

OFTEN = 3
"""So much oftener than in a quiet run people take their yes back while workers are killed."""
TREATMENTS = {"journey:sim-left": effects.LEFT, world.NEWS: effects.NEWS}
"""By what the source of a message begins with."""


def person_of(who: Somebody) -> Person:
    return Person.objects.get(pk=who.pk)


# coming


def visit(run: Run, who: Somebody) -> None:
    """Look at a product, perhaps design, perhaps order or leave it."""
    lot = dice(run.asked.seed, "visit", who.number, who.visited)
    who.visited += 1
    if who.visited == 1:
        _arrive(run, who)
    person, slug = person_of(who), lot.choice(run.slugs)
    with visitors.acting(person):
        tell(Happening(VIEWED, product=slug))
        who.note(run.clock.now, f"looks at {slug}")
        pages.look(run, who, person)
        _meet_arms(run, who, person)
        if who.visited == 1:
            _decide(run, who)
        wants, buys = lot.random() < who.habits.designs, lot.random() < who.habits.buys
        run.clock.wait(60)
        design = designing.begin(who, slug, lot, _advice(run, who)) if wants else None
    _please(run, who)
    if buys:
        run.clock.wait(300)
        order(run, who, None, design)
    elif design is not None:
        who.note(run.clock.now, f"leaves a design of {slug}")


def _arrive(run: Run, who: Somebody) -> None:
    """A browser that was never here."""
    made = Person.objects.create(key=who.key, language=who.language, time_zone=who.zone)
    who.pk = made.pk
    run.by_pk[made.pk] = who
    if who.habits.proves:
        contacts.note(person=made, channel=Channel.MAIL, address=who.email, proven=True)
        if who.habits.sms:
            number = f"+48 600 {who.number:06d}"
            contacts.note(person=made, channel=Channel.SMS, address=number, proven=True)
    else:
        contacts.note(person=made, channel=Channel.MAIL, address=who.email)


def _meet_arms(run: Run, who: Somebody, person: Person) -> None:
    """The page shows what the arms say; whoever objects gets what everybody gets."""
    if who.quiet:
        return
    arms = experiments.exposed_to(world.DRAWN, person)
    for code, arm in arms.items():
        if arm and code not in who.met:
            who.met[code] = arm
            who.note(run.clock.now, world.told_arm(code, arm))
            if code == world.OFFER and arm == world.NEW:
                offers.give(run, who, person)


def _advice(run: Run, who: Somebody) -> designing.Advise | None:
    """Whether what others chose is told them in the wizard."""
    return run.advised.hear if who.met.get(world.ADVICE) == world.NEW and not who.quiet else None


def _please(run: Run, who: Somebody) -> None:
    """Who was advised what they like best is pleased, and may order for it."""
    if who.number in run.advised.pleased:
        run.advised.pleased.discard(who.number)
        who.note(run.clock.now, "is advised what they like best")
        run.meets(who, effects.ADVICE)


def order(run: Run, who: Somebody, why: Chance | None, design: Design | None = None) -> None:
    """Order a design, one of their own or a new one."""
    lot = dice(run.asked.seed, "order", who.number, len(run.ledger.bought))
    with visitors.acting(person_of(who)):
        if design is None:
            design = designing.whole(who, lot.choice(run.slugs), lot)
        else:
            design = designing.ripen(who, design, lot)
        offered = designing.finish(who, design)
        codes = offers.codes_of(run, who, bool(why and why.treatment == effects.OFFER.name))
        placed = buying.order(who, offered.design, codes) if offered else None
    if placed is None:
        run.turned_away += 1
        who.note(run.clock.now, "would order, and the workshop has no time for it")
        return
    slug = catalog.released(design.release_id).slug
    who.note(run.clock.now, f"orders a {slug}, {_told(placed, why)}")
    if codes and codes != (who.code,) and not placed.discounts:
        who.note(run.clock.now, "tried a code that is another’s: it was not taken")
    run.bought(who, placed, why)
    liking.later(run, who, placed)


def _told(placed: Order, why: Chance | None) -> str:
    off = "".join(f" with {each['code']}" for each in placed.discounts)
    because = f"{off}, for “{why.treatment}”" if why else off
    return f"{placed.number}, {placed.total} {placed.currency}{because}"


# allowing


def _decide(run: Run, who: Somebody) -> None:
    """What they allow on their first day."""
    if who.habits.own_designs:
        _say(run, who, Purpose.OWN_DESIGNS, Channel.MAIL, True)
        if who.habits.sms:
            _say(run, who, Purpose.OWN_DESIGNS, Channel.SMS, True)
    if who.habits.news:
        _say(run, who, Purpose.MARKETING, Channel.MAIL, True)


def _say(run: Run, who: Somebody, purpose: str, channel: str, yes: bool, how: str = "page") -> None:
    decide = consent.grant if yes else consent.withdraw
    decide(person=person_of(who), purpose=purpose, channel=channel, where="/you/", how=how)
    who.allowed.setdefault((purpose, channel), []).append((run.clock.now, yes))
    told = f"“{Purpose(purpose).label}” by {Channel(channel).label}"
    who.note(run.clock.now, f"says {'yes' if yes else 'no'} to {told} ({how})")
    run.clock.wait(1)


def withdraw(run: Run, who: Somebody) -> None:
    """Everything that they allowed is taken back."""
    for (purpose, channel), said in list(who.allowed.items()):
        if said[-1][1]:
            _say(run, who, purpose, channel, False, "one click")


def object_(run: Run, who: Somebody) -> None:
    """No pages made for me any more: nothing is written down from now on."""
    if who.pk:
        who.quiet = True
        _say(run, who, Purpose.PERSONALIZATION, Channel.SITE, False)


def hesitate(run: Run, message: Message) -> None:
    """The worst moment: while the words of a message to them are found, some take their yes
    back."""
    if run.asked.kill:
        return  # workers are other processes: what is noted there is lost; see change_minds
    who = run.by_pk[message.person_id]
    lot = dice(run.asked.seed, "hesitates", message.pk)
    if lot.random() < who.habits.hesitates and who.allows(*_about(message), run.clock.now):
        _say(run, who, *_about(message), False, "in between")
        run.hesitated.add(message.pk)


def change_minds(run: Run) -> None:
    """The worst moment, too: while workers are at their messages, some take their yes back."""
    now = run.clock.now
    rows = Message.objects.filter(state=Message.State.WAITING, due_at__lte=now).order_by("pk")
    for message in list(rows):
        who = run.by_pk[message.person_id]
        lot = dice(run.asked.seed, "hesitates", message.pk)
        if lot.random() < OFTEN * who.habits.hesitates and who.allows(*_about(message), now):
            _say(run, who, *_about(message), False, "in between")
            run.hesitated.add(message.pk)


def _about(message: Message) -> tuple[str, str]:
    return message.purpose, message.channel


# being told


def tell_news(run: Run) -> None:
    """News for everybody who is known, whatever they allow: the gate is to decide."""
    number = round((run.clock.now - run.begins).total_seconds() / 86_400)
    for who in run.people:
        if not who.pk or who.quiet:
            continue
        person = person_of(who)
        if experiments.reach(person, world.NEWS):
            run.asked_for += 1
            messages.ask(
                key=f"sim-news:{number}:{who.pk}",
                person=person,
                purpose=Purpose.MARKETING,
                channel=Channel.MAIL,
                composer=saying.NEWS,
                source=world.NEWS,
                expires_at=run.clock.now + timedelta(days=2),
            )


def receive(run: Run, who: Somebody, message: Message) -> None:
    """A message came; some read it, and order for it."""
    for source, treatment in TREATMENTS.items():
        if message.source.startswith(source):
            run.meets(who, treatment, who.habits.reads)

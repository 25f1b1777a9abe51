"""The words of a step, found when it is due: price, day, picture and code as they are then."""

from collections.abc import Mapping
from dataclasses import replace

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from configurator.catalog.queries import NoLiveRelease, live_release
from configurator.catalog.texts import say
from configurator.shops.embedding import public
from orders.mailing import Said, letter, paragraphs_of
from orders.models import OrderLine
from personalization.journeys.asking import CALLED_OFF, COMPOSER
from personalization.journeys.crediting import told_for, took_back
from personalization.journeys.designs import Seen, money_words, seen
from personalization.journeys.filling import fill
from personalization.journeys.models import Journey, Place, Version
from personalization.journeys.plan import Plan, Step
from personalization.messages.composing import Words
from personalization.messages.models import Message
from personalization.offering import services as offering
from personalization.offering.models import Grant, Offer
from personalization.offering.words import own
from personalization.people.purposes import Channel

__all__ = ["COMPOSER", "compose"]
TRIED = "CODE-CODE-CODE-CODE-CO"
"""The code that a trial shows; it opens nothing."""


def compose(message: Message, address: str) -> Words | None:
    """The words of a journey's message now; None: there is nothing to say any more."""
    place = (
        Place.objects.select_related("person__into", "design", "order", "journey")
        .filter(pk=message.data.get("place"))
        .first()
    )
    version = Version.objects.filter(pk=message.data.get("version")).first()
    plan = Plan.from_json(version.plan) if version else Plan()
    step = plan.step(message.data["step"])
    if place is None or step is None or _is_over(place) or _is_ordered(place):
        return None
    if took_back(plan, place, step.id):
        return None
    said = words_of(step, place, address, message.key)
    return replace(said, told=told_for(plan, step.id)) if said is not None else None


def _is_over(place: Place) -> bool:
    objects = (place.person.into or place.person).quiet
    return objects or place.state in CALLED_OFF or place.journey.state == Journey.State.STOPPED


def _is_ordered(place: Place) -> bool:
    """What is written about a design in the making is not said of one that is ordered."""
    if place.design_id is None:
        return False
    lines = OrderLine.objects.filter(design=place.design_id, order__placed_at__gte=place.entered_at)
    return lines.exclude(order__state="canceled").exists()


def words_of(
    step: Step, place: Place, address: str, key: str, *, trial: bool = False
) -> Words | None:
    """What a step says to who is at a place. A trial leaves nothing behind: its code is none."""
    language = get_language() or "en"
    text = text_in(step.texts, language)
    design = seen(place.design) if place.design else None
    if place.design is not None and design is None:
        return None
    code = _code(step, place, trial)
    values = {**_values(place, design, language), **code}
    body, subject = fill(text.get("text", ""), values), fill(text.get("subject", ""), values)
    if not body:
        return None
    # A subject that names what there is nothing to tell of is left out; no mail goes without one.
    subject = subject or values["product"] or settings.FIRM_NAME
    facts: dict[str, object] = {
        name: values[name] for name in ("price", "ready", "code") if values.get(name)
    }
    if step.channel != Channel.MAIL:
        return Words(text=body, subject=subject, url=values["link"], facts=facts)
    shown = [design.shown()] if design and step.picture else []
    mail = letter(
        "journey",
        text="personalization/journeys/mail.txt",
        to=address,
        subject=subject.replace("\n", " "),
        key=key.replace(":", "."),
        shown=shown,
        body=body,
        paragraphs=_laid_out(body, values.get("code", "")),
        link=values["link"],
        button=_button(place),
    )
    return Words(text=body, subject=subject, url=values["link"], letter=mail, facts=facts)


def text_in(texts: Mapping[str, dict[str, str]], language: str) -> dict[str, str]:
    """In the reader's language, else in English, else in any that there is."""
    for each in (language, language.partition("-")[0], settings.LANGUAGE_CODE, *texts):
        if texts.get(each, {}).get("text", "").strip():
            return texts[each]
    return {}


def _values(place: Place, design: Seen | None, language: str) -> dict[str, str]:
    told = place.told
    found = {
        "firm": settings.FIRM_NAME,
        "product": _product(told.get("product", ""), design, language),
        "link": _link(place),
        "order": place.order.number if place.order else "",
        "days": str(told["days"]) if "days" in told else "",
    }
    if design is not None:
        found |= {
            "design": design.title(language),
            "price": design.price_words(language),
            "ready": design.ready_words(language),
            "before": money_words(told.get("before"), design.product, language),
        }
    return found


def _product(slug: str, design: Seen | None, language: str) -> str:
    if design is not None:
        return say(design.product.name, language)
    try:
        return say(live_release(slug).name, language) if slug else ""
    except NoLiveRelease:
        return ""


def _link(place: Place) -> str:
    if place.design_id:
        return public(reverse("wizard:design", args=[place.design_id]))
    if place.order is not None:
        return public(reverse("orders:order", args=[place.order.token]))
    return public("/")


def _button(place: Place) -> str:
    if place.design_id:
        return _("Go on with your design")
    return _("See your order") if place.order_id else _("Look around")


# Codes


def code_for(place: Place, offer: Offer) -> Grant | None:
    """The code of an offer that is this person's, the same however often it is asked; None where it
    is not for them."""
    try:
        return offering.code_for(place.person, offer, source=f"journey:{place.journey.slug}")
    except offering.NotOffered:
        return None


def _code(step: Step, place: Place, trial: bool) -> dict[str, str]:
    """The fields of a code; none where the offer is over, or not for them."""
    offer = Offer.objects.filter(pk=step.offer or 0).select_related("promotion").first()
    if offer is None or not offering.is_open(offer):
        return {}
    grant = None if trial else code_for(place, offer)
    if grant is None and not trial:
        return {}
    told = own(offer, grant)
    return {"code": told.code or TRIED, "worth": told.worth, "until": told.until}


def _laid_out(body: str, code: str) -> list[list[Said]]:
    """The paragraphs of a mail, a line that is the code as a code."""
    return [
        [Said("code", line.words) if code and line.words == code else line for line in paragraph]
        for paragraph in paragraphs_of(body)
    ]

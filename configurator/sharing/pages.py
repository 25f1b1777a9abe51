"""What the pages of shared designs show."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from configurator.catalog.configuration import Configuration
from configurator.catalog.infos import OptionInfo
from configurator.catalog.queries import released
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say
from configurator.engine import NONE
from configurator.sharing.cards import Card
from configurator.sharing.friends import invitations_of
from configurator.sharing.models import Entry, Lineage, Share
from configurator.sharing.queries import Shown
from configurator.shops.embedding import public
from configurator.wizard.models import Design
from configurator.wizard.money import tax_words
from configurator.wizard.preview import describe
from configurator.wizard.preview.rendering import scene_of
from configurator.wizard.renewing import RenewalView, told
from configurator.wizard.screen import is_pictured
from configurator.wizard.steps import pages_of
from configurator.wizard.telling import day_words
from configurator.wizard.views.responding import WIDTHS


@dataclass(frozen=True)
class StepView:
    """A step of the product and what is chosen in it, as pairs of names."""

    name: str
    choices: list[tuple[str, str]]


def absolute(path: str) -> str:
    """The address as others open it."""
    return public(path)


def share_url(share: Share) -> str:
    return absolute(reverse("sharing:shared", args=[share.token]))


def page_of(share: Share, locale: str) -> dict[str, Any]:
    """A shared design: its picture, its choices, and what today's release says to it."""
    shown = Shown(share)
    then, now = shown.money(share.price, locale), shown.money(shown.price, locale)
    ready = shown.ready_on
    card = card_of(shown, locale)
    card_path = reverse("sharing:card", args=[share.token])
    return {
        "share": share,
        "shown": shown,
        "name": shown.name(locale),
        "product_name": say(shown.product.name, locale),
        "slug": shown.product.slug,
        "picture": picture_of(share, shown.product, shown.whole, locale),
        "steps": list(steps_of(shown.product, shown.whole, locale)),
        "price_then": then if now and then != now else "",
        "price": now or then,
        "tax": tax_words(shown.product.tax_rate, locale),
        "ready": day_words(ready, locale) if ready else "",
        "ready_then": day_words(share.ready_on, locale) if ready != share.ready_on else "",
        "renewal": told(shown.renewal, shown.product, locale) if shown.renewal else None,
        "makes": shown.new_whole is not None,
        "has_files": bool(shown.product.files_of(shown.whole)),
        "lineage": lineage_of(share.design),
        "url": share_url(share),
        "card": absolute(f"{card_path}?l={locale}&v={card.key[:12]}"),
        "summary": summary(shown, locale),
    }


def lineage_of(design: Design) -> Lineage | None:
    """What a design was made from."""
    return Lineage.objects.filter(design=design).select_related("share").first()


def summary(shown: Shown, locale: str) -> str:
    """One line for where the link is told: what it is, what it costs."""
    price = shown.money(shown.price or shown.share.price, locale)
    by = _("by %(author)s") % {"author": shown.share.author} if shown.share.author else ""
    name = say(shown.product.name, locale)
    return " · ".join(part for part in (name, by, price) if part)


def card_of(shown: Shown, locale: str) -> Card:
    """The picture of the link where people talk."""
    product_name, title = say(shown.product.name, locale), shown.share.title
    by = _("by %(author)s") % {"author": shown.share.author} if shown.share.author else ""
    over = " ".join(part for part in (product_name if title else "", by) if part)
    price = shown.money(shown.price or shown.share.price, locale)
    return Card(shown.product, shown.whole, title or product_name, over, price)


def picture_of(
    share: Share, product: ReleasedProduct, whole: Configuration, locale: str
) -> dict[str, str] | None:
    """Addresses and description of the picture; None for a product without one."""
    if not is_pictured(product):
        return None
    base = reverse("sharing:picture", args=[share.token, "webp"])
    scene = scene_of(product)
    return {
        "src": f"{base}?w=960",
        "small": f"{base}?w=480",
        "srcset": ", ".join(f"{base}?w={width} {width}w" for width in WIDTHS),
        "alt": describe(product, whole, locale),
        "width": str(scene.width),
        "height": str(scene.height),
    }


def steps_of(product: ReleasedProduct, whole: Configuration, locale: str) -> Iterator[StepView]:
    """Every choice by its step, in the catalog's order; steps without any are left out."""
    for page in pages_of(product):
        pairs = [
            (say(option.name, locale), said)
            for option in page.options
            if product.applies(option.code, whole.choices)
            and (said := _said(product, option, whole, locale))
        ]
        if pairs:
            yield StepView(page.title(locale), pairs)


def _said(product: ReleasedProduct, option: OptionInfo, whole: Configuration, locale: str) -> str:
    if option.kind == "text":
        text = whole.texts.get(option.code, "")
        return f"“{text}”" if text else ""
    if option.kind == "file":
        return _("a picture of their own") if whole.files.get(option.code) else ""
    value = whole.choices.get(option.code, NONE)
    return "" if value is False or value == NONE else product.label(option.code, value, locale)


def sharing_of(design: Design, locale: str) -> dict[str, Any]:
    """The page on which a design is shared: its links, the one of this revision first."""
    product, entry = released(design.release_id), entry_of(design)
    living = list(design.shares.filter(revoked_at=None))
    current = next((share for share in living if share.revision == design.revision), None)
    return {
        "design": design,
        "product_name": say(product.name, locale),
        "current": link_view(current, locale) if current else None,
        "older": [link_view(share, locale) for share in living if share != current],
        "entry": entry,
        "entry_renewal": renewal_of(entry.share, locale) if entry else None,
        "invitations": [
            {"row": each, "url": absolute(reverse("sharing:join", args=[each.pk]))}
            for each in invitations_of(design)
        ],
        "picture": _own_picture(design) if is_pictured(product) else "",
        "title": current.title if current else "",
    }


def link_view(share: Share, locale: str) -> dict[str, Any]:
    """A link as its owner sees it."""
    shown = Shown(share)
    return {
        "share": share,
        "url": share_url(share),
        "name": shown.name(locale),
        "summary": summary(shown, locale),
        "picture": picture_of(share, shown.product, shown.whole, locale),
        "renewal": renewal_of(share, locale),
    }


def renewal_of(share: Share, locale: str) -> RenewalView | None:
    """What today's release would change of a shared design, in its owner's words."""
    shown = Shown(share)
    return told(shown.renewal, shown.product, locale) if shown.renewal else None


def _own_picture(design: Design) -> str:
    return reverse("wizard:picture", args=[design.pk, design.revision, "webp"]) + "?w=960"


def entry_of(design: Design) -> Entry | None:
    """The design's entry in the gallery: the latest, however it was decided."""
    found = Entry.objects.filter(share__design=design).exclude(state=Entry.State.WITHDRAWN)
    return found.select_related("share").order_by("-submitted_at").first()

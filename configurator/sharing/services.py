"""Showing a design to others, ending that, and making a shared design one's own."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from configurator.catalog.configuration import Configuration
from configurator.catalog.happenings import SHARED, Happening, tell
from configurator.catalog.queries import released
from configurator.engine import EngineError
from configurator.sharing.models import Entry, Lineage, Share
from configurator.sharing.naming import read_author, read_title
from configurator.sharing.queries import Shown, price_of
from configurator.wizard.answers import completed
from configurator.wizard.errors import Refused
from configurator.wizard.limits import Limits
from configurator.wizard.models import Design
from configurator.wizard.preview.ahead import ask_to_warm
from configurator.wizard.queries import configuration_at
from configurator.wizard.renewing import Outdated
from configurator.wizard.services import start_design
from configurator.wizard.timing import desk_of, limited, ready_day


class Ended(Refused):
    """The link was taken back by its owner."""


class NotOnSale(Refused):
    """The product can't be designed any more, or not with what the shared design needs."""


def share(*, design: Design, title: str = "", author: str = "") -> Share:
    """The link of the design's present revision: the one there is, else a new one.

    A title or an author that is given replaces the former; BadInput says what is wrong with it.
    """
    named = {"title": read_title(title), "author": read_author(author)}
    named = {field: text for field, text in named.items() if text}
    made = _living(design) or _made(design, named)
    changed = [field for field, text in named.items() if getattr(made, field) != text]
    if changed:
        for field in changed:
            setattr(made, field, named[field])
        made.save(update_fields=changed)
    return made


def tell_shared(design: Design) -> None:
    """Say that somebody let others see it."""
    tell(Happening(SHARED, product=released(design.release_id).slug, design=design.pk))


def _living(design: Design) -> Share | None:
    return design.shares.filter(revision=design.revision, revoked_at=None).first()


def linked(design: Design, *, trial: bool = False) -> Shown:
    """The link to which a paper of ours leads, with what it shows today; a trial saves none.

    Nobody shared it, so nothing of that is told, and no picture is made ahead: most are never
    opened.
    """
    living = _living(design)
    if living is not None:
        return Shown(living)
    made = _drafted(design)
    shown = Shown(made)
    if shown.today is shown.product:  # as it stands on the paper
        made.price, made.ready_on = shown.price, shown.ready_on or timezone.localdate()
    else:
        _value(made)
    if trial:
        return shown
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:  # its owner was faster
        return Shown(design.shares.get(revision=design.revision, revoked_at=None))
    return shown


def _drafted(design: Design) -> Share:
    """The link as it would be made, without price and day."""
    product = released(design.release_id)
    state = configuration_at(design, design.revision)
    bounds = limited(Limits.from_json(design.limits), product, state, design)
    return Share(
        design=design,
        release_id=design.release_id,
        revision=design.revision,
        state=state.to_json(),
        shown=completed(product, state, bounds).to_json(),
    )


def _value(share: Share) -> None:
    """Put the price and the day of its own release on it."""
    product, whole = released(share.release_id), Configuration.from_json(share.shown)
    share.price = price_of(product, whole)
    share.ready_on = ready_day(desk_of(share.design, product), whole)


def _made(design: Design, named: dict[str, str]) -> Share:
    made = _drafted(design)
    _value(made)
    for field, text in named.items():
        setattr(made, field, text)
    try:
        with transaction.atomic():
            tell_shared(design)
            made.save(force_insert=True)
            ask_to_warm(share=str(made.pk))
            return made
    except IntegrityError:  # another tab was faster
        return design.shares.get(revision=design.revision, revoked_at=None)


def end(*, design: Design, token: str) -> bool:
    """Take a link back, out of the gallery too; whether there was one of this design."""
    living = design.shares.filter(token=token, revoked_at=None)
    with transaction.atomic():
        ended = living.update(revoked_at=timezone.now())
        if ended:
            Entry.objects.filter(share__token=token).update(state=Entry.State.WITHDRAWN)
    return bool(ended)


def remix(*, shared: Share, mark: str, language: str) -> Design:
    """A new design from a shared one, on today's release, as it was offered (`Renewal.mark`, or ""
    where nothing changes). Pictures that its owner uploaded stay with them.

    Ended, NotOnSale, or Outdated if something else would change by now.
    """
    if shared.revoked_at is not None:
        raise Ended
    shown = Shown(shared)
    if shown.today is None or shown.new_whole is None:
        raise NotOnSale
    if (shown.renewal.mark if shown.renewal else "") != mark:
        raise Outdated
    state = shown.renewal.replay.state if shown.renewal else shown.share_state
    try:
        return _begun(shown, Configuration(state.choices, state.texts), language)
    except EngineError:
        raise NotOnSale from None


@transaction.atomic
def _begun(shown: Shown, state: Configuration, language: str) -> Design:
    design = start_design(slug=shown.product.slug, language=language, state=state)
    Lineage.objects.create(
        design=design, share=shown.share, title=shown.share.title, author=shown.share.author
    )
    return design

"""The same once more: an ordered design, against what is sold today."""

from dataclasses import replace

from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import NoLiveRelease, live_release, released
from configurator.wizard.answers import decided
from configurator.wizard.models import Design
from configurator.wizard.renewing import renewal
from configurator.wizard.services import start_design
from orders.models import OrderLine


class NotSold(Exception):
    """The product is not sold any more."""


def begin_again(*, line: OrderLine, language: str) -> tuple[Design, bool]:
    """A new design, as it was ordered; and whether its customer has to be asked something.

    Where today's release would change nothing, it is a design of today's. Where it would, the
    design stands on the release on which it was ordered, and the wizard asks.
    """
    product = released(line.specification.release_id)
    ordered = Configuration.from_json(line.specification.content["configuration"])
    state = replace(ordered, choices=decided(product, dict(ordered.choices)))
    try:
        live = live_release(product.slug)
    except NoLiveRelease:
        raise NotSold(product.slug) from None
    made = start_design(
        slug=product.slug, language=language, state=state, release_id=product.release_id
    )
    if live.release_id == product.release_id:
        return made, False
    if renewal(made) is not None:
        return made, True
    made.delete()
    return start_design(slug=product.slug, language=language, state=state), False

"""Links to designs beside other designs (configurator/wizard/sides.py)."""

from django.urls import reverse

from configurator.capacity.promises import desk
from configurator.sharing.finding import Wanted, page_of
from configurator.sharing.gallery_pages import product_id_of
from configurator.sharing.models import Share
from configurator.sharing.queries import Shown, share_or_404
from configurator.wizard.screen import is_pictured
from configurator.wizard.sides import Side
from configurator.wizard.timing import ready_day

INSPIRING = 4
"""So many designs of the gallery are offered."""


def side_of_link(token: str, locale: str) -> Side | None:
    """The design of a link that has not ended, as it was shared."""
    share: Share = share_or_404(token)
    if share.revoked_at is not None:
        return None
    shown = Shown(share)
    picture = reverse("sharing:picture", args=[share.token, "webp"])
    return Side(
        ref=f"s.{share.token}",
        name=shown.name(locale),
        product=shown.product,
        state=shown.whole,
        whole=shown.whole,
        ready=ready_day(desk(shown.product), shown.whole),
        picture=f"{picture}?" if is_pictured(shown.product) else "",
        url="",
    )


def liked_most(slug: str, locale: str) -> list[tuple[str, str, str]]:
    """The best liked designs of the product's gallery, to be put beside one's own."""
    product_id = product_id_of(slug)
    if product_id is None:
        return []
    entries, _more = page_of(Wanted(product_id=product_id), INSPIRING)
    return [
        (
            f"s.{entry.share.token}",
            Shown(entry.share).name(locale),
            reverse("sharing:picture", args=[entry.share.token, "webp"]) + "?",
        )
        for entry in entries
        if entry.share.revoked_at is None
    ]

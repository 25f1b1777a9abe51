"""Links to designs beside other designs (configurator/wizard/sides.py)."""

from django.urls import reverse

from configurator.capacity.promises import desk
from configurator.sharing.models import Share
from configurator.sharing.queries import Shown, share_or_404
from configurator.wizard.screen import is_pictured
from configurator.wizard.sides import Side
from configurator.wizard.timing import ready_day


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

"""Showing the making to customers: photos, and how to follow the parcel."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.factory.models import Parcel, SharedPhoto, WorkOrder
from orders.factory.models.showing import check_link
from orders.factory.services.entries import plain_line
from orders.factory.services.refusals import BadEntry

LONGEST_CAPTION = 140
LONGEST_NAME = 60
LONGEST_LINK = 300
MOST = 24  # photos of one work order


def share_photo(
    *, work_order: WorkOrder, photo: str, caption: str = "", operation: str = "", by: User | None
) -> SharedPhoto:
    """Show a stored photo to the customer, once. BadEntry without one, or with too many."""
    if not photo:
        raise BadEntry("photo", _("Take or choose a photo."))
    caption = plain_line("caption", caption, LONGEST_CAPTION)
    known = set(work_order.operations.values_list("code", flat=True))
    with transaction.atomic():
        WorkOrder.objects.select_for_update().get(pk=work_order.pk)
        shown = work_order.shared_photos.filter(withdrawn_at=None)
        same = shown.filter(photo=photo).first()
        if same is not None:
            return same
        if shown.count() >= MOST:
            raise BadEntry("photo", _("These are enough photos. Withdraw one first."))
        return SharedPhoto.objects.create(
            work_order=work_order,
            photo=photo,
            caption=caption,
            operation=operation if operation in known else "",
            by=by,
        )


def withdraw_photo(*, work_order: WorkOrder, photo: int) -> None:
    """The customer sees it no more."""
    rows = work_order.shared_photos.filter(pk=photo, withdrawn_at=None)
    rows.update(withdrawn_at=timezone.now())


def follow_parcel(
    *, work_order: WorkOrder, carrier: str = "", number: str = "", link: str = ""
) -> Parcel | None:
    """How the customer can follow the parcel; nothing at all takes it away. BadEntry."""
    fields = {
        "carrier": plain_line("carrier", carrier, LONGEST_NAME),
        "number": plain_line("number", number, LONGEST_NAME),
        "link": plain_line("link", link, LONGEST_LINK),
    }
    if fields["link"]:
        try:
            check_link(fields["link"])
        except ValidationError as error:
            raise BadEntry("link", " ".join(error.messages)) from None
    if not any(fields.values()):
        Parcel.objects.filter(work_order=work_order).delete()
        return None
    parcel, _new = Parcel.objects.update_or_create(
        work_order=work_order,
        defaults={**fields, "order": work_order.line.order, "at": timezone.now()},
    )
    return parcel

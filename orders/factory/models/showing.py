"""What customers are told of the making: stages, photos that are shown to them, parcels."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from configurator.catalog.models import WorkCenter
from orders.factory.models.work_orders import WorkOrder
from orders.models import Order


class Stage(models.Model):
    """What customers read while an operation is done at one of these work centers: “Cut to size”.

    Work centers of no stage are not told of.
    """

    name = models.CharField(
        pgettext_lazy("stage", "what customers read"),
        max_length=60,
        help_text=_("As of something that is done: “Cut to size”, “Checked”."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    work_centers = models.ManyToManyField(
        WorkCenter, related_name="stages", blank=True, verbose_name=_("work centers")
    )

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("stage that customers see")
        verbose_name_plural = _("stages that customers see")

    def __str__(self) -> str:
        return self.name


class SharedPhoto(models.Model):
    """A photo of the making that its customer sees, until it is withdrawn."""

    work_order = models.ForeignKey(WorkOrder, models.CASCADE, related_name="shared_photos")
    operation = models.CharField(_("operation"), max_length=80, blank=True)  # its code
    photo = models.CharField(_("photo"), max_length=64)  # SHA-256 in MEDIA_ROOT
    caption = models.CharField(_("caption"), max_length=140, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["work_order", "photo"],
                condition=models.Q(withdrawn_at=None),
                name="photo_shared_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.work_order} {self.photo[:12]}"


def check_link(link: str) -> None:
    """A web address that a customer may be led to."""
    try:
        URLValidator(schemes=["https", "http"])(link)
    except ValidationError:
        raise ValidationError(_("Enter a whole web address, like https://….")) from None


class Parcel(models.Model):
    """How the customer can follow what was shipped of an order."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="parcels")
    work_order = models.OneToOneField(WorkOrder, models.CASCADE, related_name="parcel")
    carrier = models.CharField(_("carrier"), max_length=60, blank=True)
    number = models.CharField(_("tracking number"), max_length=60, blank=True)
    link = models.CharField(_("tracking link"), max_length=300, blank=True, validators=[check_link])
    at = models.DateTimeField(_("at"), default=timezone.now)

    def __str__(self) -> str:
        return f"{self.work_order} {self.number}"

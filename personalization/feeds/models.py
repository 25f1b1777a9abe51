"""Who took which audience out of the house."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Export(models.Model):
    """A list of hashes that was handed over; appended, never changed. It holds no address."""

    class Format(models.TextChoices):
        GOOGLE = "google", _("Google Customer Match")
        META = "meta", _("Meta custom audience")

    class Kind(models.TextChoices):
        AUDIENCE = "audience", _("to add")
        REMOVAL = "removal", _("to remove")
        AGAIN = "again", _("to remove, taken once more")

    format = models.CharField(_("format"), max_length=10, choices=Format)
    kind = models.CharField(_("what for"), max_length=10, choices=Kind)
    count = models.PositiveIntegerField(_("people"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="exports"
    )
    by_name = models.CharField(_("by"), max_length=150)
    at = models.DateTimeField(_("at"), default=timezone.now)
    objects: ClassVar[models.Manager["Export"]] = models.Manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("export of an audience")
        verbose_name_plural = _("exports of audiences")

    def __str__(self) -> str:
        return f"{self.get_format_display()} {self.at:%Y-%m-%d %H:%M}"


class Uploaded(models.Model):
    """A hash that was handed over in a format; kept to take it back, also when its person is
    forgotten here: it opens nothing and names nobody. `taken_back` is the list of removals that has
    it, from which it can be taken again for a while."""

    format = models.CharField(max_length=10, choices=Export.Format)
    email = models.CharField(max_length=64, blank=True)
    phone = models.CharField(max_length=64, blank=True)
    since = models.DateTimeField(default=timezone.now)
    taken_back = models.ForeignKey(
        Export, models.CASCADE, null=True, blank=True, related_name="removals"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["format", "email", "phone"], name="uploaded_once_a_format"
            )
        ]

    def __str__(self) -> str:
        return f"{self.format} {self.email[:8]}"

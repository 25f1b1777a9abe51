"""The public gallery: designs that their owners put there, looked over by a person first."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from configurator.catalog.models import Product
from configurator.sharing.models.shares import AUTHOR, TITLE, Share


class Entry(models.Model):
    """A shared design in the gallery. `price` is the link's, in minor units of `currency`.

    `likes` and `reports` are counts of the rows, kept with them in one transaction.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SHOWN = "shown", _("in the gallery")
        DECLINED = "declined", _("not taken")
        WITHDRAWN = "withdrawn", _("withdrawn")

    share = models.OneToOneField(
        Share, models.CASCADE, related_name="entry", verbose_name=_("shared design")
    )
    product = models.ForeignKey(
        Product, models.CASCADE, related_name="gallery", verbose_name=_("product")
    )
    title = models.CharField(_("title"), max_length=TITLE)
    author = models.CharField(_("author"), max_length=AUTHOR)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField(
        _("reason"),
        max_length=300,
        blank=True,
        help_text=_("Its owner reads this. Needed to decline."),
    )
    # Who is told what is decided, and in which language; "": nobody.
    email = models.EmailField(_("email"), blank=True, editable=False)
    language = models.CharField(_("language"), max_length=10, default="en", editable=False)
    price = models.BigIntegerField(_("price"), null=True)
    currency = models.CharField(max_length=3)
    likes = models.PositiveIntegerField(_("likes"), default=0)
    reports = models.PositiveIntegerField(_("reports"), default=0)
    submitted_at = models.DateTimeField(_("submitted"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.CharField(_("decided by"), max_length=150, blank=True)

    class Meta:
        ordering = ["-submitted_at"]
        verbose_name = _("gallery entry")
        verbose_name_plural = _("gallery entries")
        indexes = [
            models.Index(fields=["state", "-likes", "-id"], name="gallery_liked"),
            models.Index(fields=["state", "-id"], name="gallery_new"),
            models.Index(
                fields=["product", "state", "-likes", "-id"], name="gallery_product_liked"
            ),
            models.Index(fields=["product", "state", "-id"], name="gallery_product_new"),
        ]

    def __str__(self) -> str:
        return f"{self.title} – {self.author}"


class EntryChoice(models.Model):
    """A choice that an entry shows, to find entries by."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="choices", db_index=False)
    option = models.CharField(max_length=60)
    value = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "option"], name="one_choice_an_option")
        ]
        indexes = [models.Index(fields=["option", "value", "entry"], name="gallery_choice")]

    def __str__(self) -> str:
        return f"{self.option} = {self.value}"


class Like(models.Model):
    """One browser, or one account, likes an entry: once."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="liked", db_index=False)
    voter = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "voter"], name="one_like_a_voter")]
        indexes = [models.Index(fields=["voter", "entry"], name="likes_of_voter")]

    def __str__(self) -> str:
        return f"{self.voter} → {self.entry_id}"


class Report(models.Model):
    """Somebody finds that an entry should not be in the gallery."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="reported", db_index=False)
    voter = models.CharField(max_length=40)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField(_("reported"), auto_now_add=True)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(fields=["entry", "voter"], name="one_report_a_voter")
        ]

    def __str__(self) -> str:
        return self.reason or str(self.at)

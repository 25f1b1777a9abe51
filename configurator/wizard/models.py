"""A customer's design: the events that made it, and its state after the last of them."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from configurator.catalog.models import Release


class Artwork(models.Model):
    """A checked, cleaned picture that a customer uploaded; bytes by content in MEDIA_ROOT.

    `original` is the sha256 of the file as it came, without its metadata; "" where there is none.
    """

    sha = models.CharField(primary_key=True, max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(help_text="bytes")
    original = models.CharField(max_length=64, blank=True)
    original_type = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.sha[:12]


class Design(models.Model):
    """One design in the making. Whoever knows its id may edit it: the id is the capability.

    `state` is the `Configuration` (choices, texts, files) after event `revision`; it is a cache
    of the events. `cursor` is the revision of the edit whose state this is (undo and redo move
    it); `undo_to` and `redo_to` are the edits whose states undo and redo restore. `limits` are
    the customer's budget and day (`Limits`), which undo leaves as they are. `locked` options can't
    be changed any more: why, by their codes and by language. `notice` is told above the wizard, by
    language. `place` is what an order has in the workshop that this design is to change
    (`Wish` of configurator.capacity), and empty for any other. `kept_for` is a newer release that
    the customer has declined to move to. `charge` is how it is paid (`Charge`) from when it is in a
    cart or a quote, or changes an order; until then it is as its customer's currency says.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release = models.ForeignKey(Release, models.PROTECT, related_name="designs_made")
    revision = models.PositiveIntegerField(default=0)
    state = models.JSONField(default=dict)
    cursor = models.PositiveIntegerField(default=0)
    undo_to = models.PositiveIntegerField(null=True)
    redo_to = models.PositiveIntegerField(null=True)
    limits = models.JSONField(default=dict, blank=True)
    locked = models.JSONField(default=dict, blank=True)
    notice = models.JSONField(default=dict, blank=True)
    place = models.JSONField(default=dict, blank=True)
    charge = models.JSONField(default=dict, blank=True)
    kept_for = models.UUIDField(null=True, blank=True)
    language = models.CharField(max_length=10, default="en")
    name = models.CharField(max_length=60, blank=True)  # as its customer calls it
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-updated_at"]
        verbose_name = _("design")
        verbose_name_plural = _("designs")

    def __str__(self) -> str:
        return str(self.id)


class OwnedDesign(models.Model):
    """A design that an account keeps; several may keep the same one."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="owned_designs")
    design = models.ForeignKey(Design, models.CASCADE, related_name="owned_by")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-since"]
        constraints = [models.UniqueConstraint(fields=["user", "design"], name="design_owned_once")]

    def __str__(self) -> str:
        return f"{self.design_id} of {self.user_id}"


class DesignEvent(models.Model):
    """One change of a design, appended and never edited. `state` is the configuration after it.

    `base` is the edit that undo returns to from here; `restores` the edit whose state an undo or
    redo brought back. `tab` names the browser tab, so that a tab is not told of its own changes;
    `by` a friend who designs along, so that everybody undoes their own ("" is the owner).
    """

    class Kind(models.TextChoices):
        START = "start", _("started")
        SHOWCASE = "showcase", _("took the design shown")
        CHOOSE = "choose", _("chose")
        CLEAR = "clear", _("cleared")
        TEXT = "text", _("wrote")
        FILE = "file", _("uploaded")
        PLACE = "place", _("placed a picture")
        REPAIR = "repair", _("chose and made room")
        FINISH = "finish", _("finished automatically")
        UNDO = "undo", _("undid")
        REDO = "redo", _("redid")
        LIMIT = "limit", _("set budget or day")
        MOVE = "move", _("moved to today’s release")
        LOCK = "lock", _("went back to what can’t be changed")
        SURPRISE = "surprise", _("let it be drawn at random")
        RESTORE = "restore", _("went back to an earlier state")
        TAKE = "take", _("took another design over")
        BACK = "back", _("took an earlier choice back")

    design = models.ForeignKey(Design, models.CASCADE, related_name="events")
    revision = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    option = models.CharField(max_length=60, blank=True)
    value = models.JSONField(null=True)
    state = models.JSONField(default=dict)
    base = models.PositiveIntegerField(null=True)
    restores = models.PositiveIntegerField(null=True)
    tab = models.CharField(max_length=16, blank=True)
    by = models.CharField(max_length=16, blank=True, db_default="")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["design", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["design", "revision"], name="one_event_a_revision")
        ]

    def __str__(self) -> str:
        return f"{self.design_id} {self.revision} {self.kind}"


class Wanted(models.Model):
    """How often customers wanted a value that rules excluded, on one day; nothing about who.

    `rules` are the codes of the rules that excluded it, one a line. `asked` is how often it was
    told why, `made_room` how often other choices were then changed for it.
    """

    release = models.ForeignKey(Release, models.CASCADE, related_name="wanted")
    day = models.DateField()
    option = models.CharField(max_length=60)
    value = models.CharField(max_length=60)
    rules = models.CharField(max_length=500, blank=True)
    asked = models.PositiveIntegerField(default=0)
    made_room = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["day", "option", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "day", "option", "value", "rules"], name="wanted_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.option} {self.value}"

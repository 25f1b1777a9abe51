"""Friends at a design, and where they are."""

import secrets
import uuid

from django.db import models

from configurator.sharing.models.shares import AUTHOR
from configurator.wizard.models import Design

ALIAS = 5
"""The version of the UUIDs by which friends know a design."""


def new_key() -> uuid.UUID:
    """The id under which a friend has a design: random, and told from a design's own (version 4)
    by its version, so that nobody else's request looks for an invitation."""
    return uuid.UUID(bytes=secrets.token_bytes(16), version=ALIAS)


class Invitation(models.Model):
    """Another address of a design, for friends, until its owner ends it. Friends never learn the
    design's own (`configurator.sharing.guests`)."""

    key = models.UUIDField(primary_key=True, default=new_key, editable=False)
    design = models.ForeignKey(Design, models.CASCADE, related_name="invitations")
    may_edit = models.BooleanField(default=True)
    host = models.CharField(max_length=AUTHOR, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["design", "may_edit"],
                condition=models.Q(ended_at=None),
                name="one_living_invitation_a_kind",
            )
        ]

    def __str__(self) -> str:
        return str(self.key)


class Presence(models.Model):
    """Who has a design open, in which tab, at which step; remembered to tell who chose what."""

    design = models.ForeignKey(Design, models.CASCADE, related_name="presences")
    tab = models.CharField(max_length=16)
    called = models.CharField(max_length=AUTHOR, blank=True)
    friend = models.BooleanField(default=False)
    step = models.CharField(max_length=80, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["design", "tab"], name="one_presence_a_tab")]

    def __str__(self) -> str:
        return f"{self.called} {self.tab}"

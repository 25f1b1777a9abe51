"""Designs that their owners show to others, let friends into, or put into the gallery."""

from configurator.sharing.models.friends import ALIAS, Invitation, Presence
from configurator.sharing.models.gallery import Entry, EntryChoice, Like, Report
from configurator.sharing.models.shares import AUTHOR, TITLE, Lineage, Share, new_token

__all__ = [
    "ALIAS",
    "AUTHOR",
    "TITLE",
    "Entry",
    "EntryChoice",
    "Invitation",
    "Like",
    "Lineage",
    "Presence",
    "Report",
    "Share",
    "new_token",
]

"""What was decided about a design for the gallery, mailed to who put it there."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import released
from configurator.sharing.models import Entry
from configurator.shops.embedding import public
from orders import jobs, mailing
from orders.models import Job


def tell(job_id: str | UUID) -> bool:
    """Perform the job: mail the decision in its payload, unless it is another by now."""
    return jobs.perform_prepared(job_id, _tell, lambda _job, _sent: None)


def _tell(job: Job) -> None:
    decided = Entry.objects.filter(pk=job.payload["entry"], state=job.payload["state"])
    entry = decided.exclude(email="").select_related("share__design").first()
    if entry is not None:
        mail_of(entry, str(job.payload["reason"]), str(job.pk)).send()


def mail_of(entry: Entry, reason: str, key: str) -> mailing.Letter:
    """That everybody sees it now, or that it is not shown, and why."""
    share = entry.share
    shown = entry.state == Entry.State.SHOWN
    page = reverse("sharing:shared", args=[share.token])
    own = reverse("sharing:sharing", args=[share.design_id])
    with override(entry.language):
        picture = mailing.picture_of(
            released(share.release_id), Configuration.from_json(share.shown), "1"
        )
        subject = _("Your design is in the gallery") if shown else _("Your design is not shown")
        return mailing.letter(
            "gallery",
            text="accounts/gallery.txt",
            to=entry.email,
            subject=subject,
            key=f"{key}.gallery",
            shown=[mailing.Shown(None, picture)] if picture else [],
            entry=entry,
            taken=shown,
            reason=reason,
            link=public(page if shown else own),
        )

"""The decisions about messages in words, with what each rests on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from personalization.messages import quiet
from personalization.messages.models import Message, Verdict
from personalization.people.models import Decision
from personalization.people.purposes import Channel, Purpose

Reason = Verdict.Reason
OURS = frozenset(
    {
        "decision",
        "wording",
        "group",
        "zone",
        "first",
        "at_most",
        "hours",
        "counted",
        "purpose",
        "called_off_by",
    }
)
"""What `deciding` keeps with a decision; the words rest on whatever else is there."""


@dataclass(frozen=True)
class Explained:
    """One decision: sentences about it, what the words rested on, which message goes first."""

    verdict: Verdict
    because: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    first: str = ""


def explain(verdicts: Iterable[Verdict]) -> list[Explained]:
    """Decisions as people read them; by one query more."""
    rows = list(verdicts)
    wanted = {row.details.get("decision") for row in rows} - {None}
    proofs = Decision.objects.select_related("wording").in_bulk(list(wanted)) if wanted else {}
    return [_explained(row, proofs) for row in rows]


def _explained(row: Verdict, proofs: Mapping[int, Decision]) -> Explained:
    proof = proofs.get(row.details.get("decision", 0))
    said = (*_consent(row, proof), *_quiet(row), *_enough(row), *_group(row), *_called_off(row))
    facts = [(str(name), _plain(value)) for name, value in row.details.items() if name not in OURS]
    return Explained(row, said, tuple(facts), str(row.details.get("first", "")))


def _called_off(row: Verdict) -> tuple[str, ...]:
    """That it was by somebody; customers are not told by whom."""
    return (_("One of the firm’s people did it."),) if "called_off_by" in row.details else ()


def _consent(row: Verdict, proof: Decision | None) -> tuple[str, ...]:
    if row.reason not in (Reason.ALLOWED, Reason.NO_CONSENT):
        return ()
    if proof is None and row.reason == Reason.ALLOWED:
        return (_("What stays on these pages is shown until somebody objects."),)
    if proof is None:
        return (_("Nobody said yes to it."),)
    about = {
        "day": formats.date_format(timezone.localtime(proof.at), "SHORT_DATE_FORMAT"),
        "where": proof.where,
        "version": proof.wording.version if proof.wording else "–",
    }
    if not proof.granted:
        return (_("No on %(day)s at %(where)s.") % about,)
    said = _("Yes on %(day)s at %(where)s, to version %(version)s of what is asked.") % about
    if row.reason == Reason.NO_CONSENT:
        return (said, _("What is asked has changed since."))
    return (said,)


def _quiet(row: Verdict) -> tuple[str, ...]:
    zone = row.details.get("zone")
    if row.reason != Reason.QUIET or not zone:
        return ()
    about = {"zone": zone, "clock": _clock(row.at, quiet.zone_of(str(zone)))}
    return (_("Their clock (%(zone)s) said %(clock)s.") % about,)


def _clock(moment: Any, zone: ZoneInfo) -> str:
    return formats.time_format(moment.astimezone(zone).time(), "TIME_FORMAT")


def _enough(row: Verdict) -> tuple[str, ...]:
    if row.reason != Reason.CAP or "at_most" not in row.details:
        return ()
    about = {"most": row.details["at_most"], "hours": row.details["hours"]}
    said = [_("At most %(most)s within %(hours)s h.") % about]
    if (counted := row.details.get("counted")) is not None:
        told = ngettext("It was %(n)s.", "There were %(n)s.", int(counted)) % {"n": counted}
        said.append(told)
    if (purpose := row.details.get("purpose")) in Purpose.values:
        said.append(str(Purpose(purpose).label))
    return (" ".join(said),)


def _group(row: Verdict) -> tuple[str, ...]:
    return (str(row.details["group"]),) if row.details.get("group") else ()


def _plain(value: object) -> str:
    """Something that the words rest on, in one line."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_plain(each)}" for name, each in value.items())[:300]
    if isinstance(value, (list, tuple)):
        return ", ".join(_plain(each) for each in value)[:300]
    return str(value)[:300]


def looks_like(message: Message) -> str:
    """How a copy is laid out for looking at: as a letter, on a phone, on a page, on paper."""
    looks: dict[str, str] = {
        Channel.MAIL: "mail",
        Channel.SMS: "sms",
        Channel.PUSH: "push",
        Channel.PRINT: "print",
    }
    return looks.get(message.channel, "site")

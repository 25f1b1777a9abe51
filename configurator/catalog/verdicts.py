"""What the publish gate found, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from configurator.catalog import gate
from configurator.catalog.models import AffectedDesign

Effect = AffectedDesign.Effect


@dataclass(frozen=True)
class Line:
    """A sentence, and of which designs it speaks."""

    words: str
    kind: str
    effect: str = ""

    @property
    def query(self) -> str:
        """The list of these designs, as a query."""
        return f"?kind={self.kind}&effect={self.effect}" if self.effect else ""


def summary(found: dict[str, Any]) -> list[Line]:
    """Counts of the gate in words: open designs by kind, then the sampled ones."""
    lines: list[Line] = []
    for kind in gate.kinds():
        if kind.code in found:
            lines += _open(kind, found[kind.code])
    if gate.SAMPLE in found:
        lines += _sampled(found[gate.SAMPLE])
    return lines


def _open(kind: gate.Kind, counts: dict[str, Any]) -> list[Line]:
    total, parts = counts["total"], {"kind": kind.name}
    if not total:
        return [Line(_("%(kind)s: none is in the making.") % parts, kind.code)]
    told = {**parts, "total": f"{total:,}", "count": f"{counts['same']:,}"}
    lines = [Line(_("%(kind)s: %(count)s of %(total)s stay as they are.") % told, kind.code)]
    for effect, words in (
        (Effect.BREAKS, _("%(kind)s: %(count)s of %(total)s would break.")),
        (Effect.PRICE, _("%(kind)s: %(count)s of %(total)s cost otherwise.")),
    ):
        if many := counts.get(effect.value, 0):
            said = words % {**told, "count": f"{many:,}"}
            lines.append(Line(said, kind.code, effect.value))
    if many := counts.get("unknown", 0):
        said = _("%(kind)s: %(count)s of %(total)s could not be replayed.")
        lines.append(Line(said % {**told, "count": f"{many:,}"}, kind.code))
    return lines


def _sampled(counts: dict[str, Any]) -> list[Line]:
    total = counts["total"]
    share = {"covered": f"{counts['covered']:,}", "pairs": f"{counts['pairs']:,}"}
    told = {"total": total, "release": counts["release"], **share}
    begin = ngettext(
        "%(total)d design of release %(release)s was sampled; it shows %(covered)s of %(pairs)s "
        "possible pairs of values.",
        "%(total)d designs of release %(release)s were sampled; they show %(covered)s of %(pairs)s "
        "possible pairs of values.",
        total,
    )
    lines = [Line(begin % told, gate.SAMPLE)]
    if many := counts.get("price", 0):
        lines.append(Line(_price(many, counts), gate.SAMPLE, Effect.PRICE.value))
    for effect, words in (
        (Effect.BREAKS, _("%(count)s of %(total)s sampled designs are not possible any more.")),
        (Effect.PARTS, _("%(count)s of %(total)s sampled designs are made of other parts.")),
    ):
        if many := counts.get(effect.value, 0):
            said = words % {"count": many, "total": total}
            lines.append(Line(said, gate.SAMPLE, effect.value))
    if many := counts.get("unknown", 0):
        said = _("%(count)s of %(total)s sampled designs could not be tried in time.")
        lines.append(Line(said % {"count": many, "total": total}, gate.SAMPLE))
    if len(lines) == 1 and total:
        said = _("All of them are possible, cost the same and are made of the same parts.")
        lines.append(Line(said, gate.SAMPLE))
    return lines


def _price(many: int, counts: dict[str, Any]) -> str:
    told = {"count": many, "total": counts["total"]}
    least, most = f"{float(counts['least']):+,.2f}", f"{float(counts['most']):+,.2f}"
    if least == most:
        said = _("The price of %(count)s of %(total)s sampled designs changes by %(by)s.")
        return said % {**told, "by": least}
    said = _(
        "The price of %(count)s of %(total)s sampled designs changes: from %(least)s to %(most)s."
    )
    return said % {**told, "least": least, "most": most}

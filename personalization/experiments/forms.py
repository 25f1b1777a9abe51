"""The plan of an experiment as it is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from personalization.experiments.models import Experiment
from personalization.experiments.services import ArmPlan

LINES = 10
LONGEST = 4000
NUMBERS = {"share": 5, "window_days": 5}
TEXTS = ("code", "name", "question", "metric", "currency", "group")


def entered(experiment: Experiment) -> dict[str, str]:
    """What stands in the form before anything is posted."""
    found = {name: str(getattr(experiment, name)) for name in (*TEXTS, *NUMBERS, "most_revenue")}
    arms = experiment.arms.all() if experiment.pk else []
    found["arms"] = "\n".join(f"{arm.code} {arm.weight} {arm.name}" for arm in arms)
    return found


def read(experiment: Experiment, posted: Mapping[str, str]) -> tuple[Experiment, list[ArmPlan]]:
    """The plan that was posted; ValidationError by field for what is no number or no arm."""
    wrong: dict[str, str] = {}
    for name in TEXTS:
        setattr(experiment, name, posted.get(name, "").replace("\x00", "").strip()[:LONGEST])
    for name, digits in NUMBERS.items():
        text = posted.get(name, "").strip()
        if text.isascii() and text.isdigit() and len(text) <= digits:
            setattr(experiment, name, int(text))
        else:
            wrong[name] = _("Write a whole number.")
    try:
        experiment.most_revenue = _money(posted.get("most_revenue", ""))
    except ValidationError as error:
        wrong["most_revenue"] = error.messages[0]
    arms: list[ArmPlan] = []
    try:
        arms = _arms(posted.get("arms", ""))
    except ValidationError as error:
        wrong["arms"] = error.messages[0]
    if wrong:
        raise ValidationError(wrong)
    return experiment, arms


def _money(text: str) -> Decimal:
    try:
        found = Decimal(text.strip().replace(",", "."))
        if not found.is_finite() or not 0 < found < 10**10:
            raise InvalidOperation
    except InvalidOperation:
        raise ValidationError(_("Write a number above 0.")) from None
    return found.quantize(Decimal("0.01"))


def _arms(text: str) -> list[ArmPlan]:
    """Lines of code, weight and name."""
    lines = [line.split(None, 2) for line in text[:LONGEST].splitlines() if line.strip()]
    found = []
    for place, parts in enumerate(lines[: LINES + 1], 1):
        if len(parts) < 3 or not (parts[1].isascii() and parts[1].isdigit() and len(parts[1]) < 5):
            raise ValidationError(
                _("Line %(line)d: write a code, a weight and a name, like “oak 1 Oak first”.")
                % {"line": place}
            )
        code, weight, name = parts
        if len(code) > 40 or len(name) > 80 or not code.replace("-", "").isalnum():
            raise ValidationError(
                _("Line %(line)d: a code has letters, digits and hyphens; a name 80 letters.")
                % {"line": place}
            )
        found.append(ArmPlan(code.lower(), name, int(weight)))
    return found

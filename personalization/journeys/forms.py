"""What marketers write about a journey and each of its steps; errors stand at their fields."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from personalization.journeys import plan as p
from personalization.journeys import ready_made, sentences
from personalization.journeys.checking import Problem, of_step, problems
from personalization.journeys.choices import (
    AGAIN,
    TRIGGERS,
    UNITS,
    WAITS_WHEN,
    WAYS,
    WHEN,
    Choices,
    When,
    event_choices,
    free_code,
    goal_choices,
    listed,
    made_choices,
    offer_choices,
    product_choices,
    segment_choices,
)
from personalization.journeys.editing import changed
from personalization.journeys.plan import Plan, Step, Trigger
from personalization.offering.models import Offer
from personalization.people.purposes import Channel, Purpose


class NewForm(forms.Form):
    """A new journey."""

    name = forms.CharField(label=pgettext_lazy("journey", "Name"), max_length=80)
    slug = forms.SlugField(
        label=gettext_lazy("Code"),
        max_length=40,
        required=False,
        help_text=gettext_lazy(
            "Messages and groups are named by it; it stays. Empty: made of the name."
        ),
    )
    made = forms.ChoiceField(label=gettext_lazy("Begin with"), choices=made_choices, required=False)
    offer = forms.ChoiceField(
        label=gettext_lazy("With codes of the offer"), choices=offer_choices, required=False
    )

    def clean_slug(self) -> str:
        """The code; one that is free, made of the name, if none is written."""
        code = str(self.cleaned_data.get("slug") or "")
        return code or free_code(str(self.cleaned_data.get("name") or ""))

    def plan(self) -> Plan:
        """What it begins as."""
        made = ready_made.made(self.cleaned_data["made"])
        chosen = self.cleaned_data["offer"]
        offer = Offer.objects.filter(pk=chosen).first() if chosen else None
        return ready_made.begun(made, offer) if made else Plan()


class Checked(forms.Form):
    """A form whose values are checked by the journey's own rules, too."""

    def note(self, found: Iterable[Problem]) -> None:
        """Put what is gravely wrong at its fields."""
        for problem in found:
            if problem.grave:
                self.add_error(
                    problem.field if problem.field in self.fields else None, problem.said
                )


class SettingsForm(Checked):
    """What begins a journey, who comes again, what ends it."""

    name = forms.CharField(label=pgettext_lazy("journey", "Name"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("It begins when"), choices=lambda: listed(TRIGGERS))
    number = forms.IntegerField(
        label=gettext_lazy("Hours, days or degrees"),
        help_text=gettext_lazy(
            "Hours since a design was left; days by which a day moves; degrees of the weather."
        ),
        required=False,
    )
    way = forms.ChoiceField(
        label=gettext_lazy("Which way"), choices=lambda: listed(WAYS), required=False
    )
    event = forms.ChoiceField(
        label=gettext_lazy("What happens"), choices=event_choices, required=False
    )
    option = forms.CharField(
        label=gettext_lazy("Option (code)"), max_length=60, required=False, help_text=""
    )
    value = forms.CharField(label=gettext_lazy("Value (code)"), max_length=60, required=False)
    segment = forms.ChoiceField(
        label=gettext_lazy("Segment"), choices=segment_choices, required=False
    )
    product = forms.ChoiceField(
        label=gettext_lazy("Only of the product"), choices=product_choices, required=False
    )
    again = forms.ChoiceField(
        label=gettext_lazy("People come again"), choices=lambda: listed(AGAIN)
    )
    again_days = forms.IntegerField(label=gettext_lazy("after days"), required=False)
    goal = forms.ChoiceField(
        label=gettext_lazy("Goal"),
        choices=goal_choices,
        required=False,
        help_text=gettext_lazy("Whoever reaches it goes no further."),
    )
    goal_product = forms.ChoiceField(
        label=gettext_lazy("The goal: only with the product"),
        choices=product_choices,
        required=False,
    )
    leave = forms.CharField(
        label=gettext_lazy("Whoever this is true of leaves"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text=gettext_lazy("A rule as for segments, like “orders at least 3”."),
    )
    holdout = forms.IntegerField(
        label=gettext_lazy("Held out, to compare with, %"),
        required=False,
        help_text=gettext_lazy("So many hear nothing, so that it can be told what it brings."),
    )

    def __init__(self, *args: Any, plan: Plan, **more: Any) -> None:
        super().__init__(*args, **more)
        shown_when(self, WHEN)
        for name, kept in (("product", plan.trigger.product), ("goal_product", plan.goal_product)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            listed = product_choices()
            # one that is gone stays until another is chosen
            field.choices = listed if kept in dict(listed) else [*listed, (kept, kept)]

    @staticmethod
    def written(name: str, plan: Plan) -> dict[str, Any]:
        """What stands in it at first."""
        names = ("again", "again_days", "goal", "goal_product", "leave")
        rest = {key: getattr(plan, key) for key in names}
        return {"name": name, **vars(plan.trigger), **rest, "holdout": plan.holdout}

    def plan(self, before: Plan) -> Plan:
        """The plan with what is written; problems are noted at the fields."""
        data = self.cleaned_data
        names = ("kind", "way", "event", "option", "value", "segment", "product")
        number = data.get("number")
        trigger = Trigger(
            **{name: data.get(name) or "" for name in names if _counts(name, data)},
            number=0 if number is None else number,
        )
        plan = replace(
            before,
            trigger=trigger,
            again=data["again"],
            again_days=data.get("again_days") or 30,
            goal=data.get("goal") or "",
            goal_product=(data.get("goal_product") or "") if _counts("goal_product", data) else "",
            leave=(data.get("leave") or "").replace("\x00", "").strip(),
            holdout=data.get("holdout") or 0,
        )
        self.note(each for each in problems(plan) if not each.step and each.field)
        return plan


def _counts(name: str, data: Mapping[str, Any]) -> bool:
    """Whether a field counts beside what is chosen in the others."""
    chosen, values = WHEN.get(name, ("", ()))
    return not chosen or data.get(chosen) in values


def shown_when(form: forms.Form, when: When) -> None:
    """Tell the page with which choices a field is of use; one with an error is always shown."""
    for name, (chosen, values) in when.items():
        form.fields[name].widget.attrs["data-when"] = f"{chosen}={' '.join(values)}"


class StepForm(Checked):
    """One step; each kind names its fields."""

    def __init__(self, *args: Any, plan: Plan, step: Step, **more: Any) -> None:
        super().__init__(*args, **more)
        self.whole, self.before = plan, step
        if "to" in self.fields:
            field = self.fields["to"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = target_choices(plan, step)

    def step(self) -> Step:
        """The step as it is written; problems are noted at the fields."""
        step = self.read()
        self.note(of_step(changed(self.whole, step), step))
        return step

    def read(self) -> Step:
        return self.before


def target_choices(plan: Plan, step: Step) -> Choices:
    """Where one may go from a step."""
    others = [(s.id, _numbered(plan, s)) for s in plan.steps if s.id != step.id]
    return [(p.NEXT, _("the next step")), *others, (p.END, _("the end"))]


def _numbered(plan: Plan, step: Step) -> str:
    said = sentences.said(plan, step)
    return f"{plan.places[step.id] + 1}. {said[:60]}"


class WaitForm(StepForm):
    """A wait."""

    how = forms.ChoiceField(
        label=gettext_lazy("It waits"),
        choices=lambda: [
            ("for", _("for a while")),
            ("until", _("until a time, by the person’s clock")),
            ("event", _("until something happens, or for a while at most")),
        ],
    )
    amount = forms.IntegerField(label=gettext_lazy("How long"), required=False)
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), choices=lambda: listed(UNITS))
    clock = forms.CharField(label=gettext_lazy("Until the time"), max_length=5, required=False)
    weekday = forms.ChoiceField(
        label=gettext_lazy("On the day"),
        required=False,
        choices=lambda: [("", _("any day")), *sentences.weekdays()],
    )
    event = forms.ChoiceField(
        label=gettext_lazy("Until somebody"), choices=event_choices, required=False
    )
    to = forms.ChoiceField(
        label=gettext_lazy("If it does not happen, go on with"), choices=list, required=False
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        shown_when(self, WAITS_WHEN)

    def read(self) -> Step:
        data = self.cleaned_data
        return replace(
            self.before,
            how=data["how"],
            amount=data.get("amount") or 0,
            unit=data["unit"],
            clock=(data.get("clock") or "").strip(),
            weekday=data.get("weekday") or "",
            event=data.get("event") or "",
            to=data.get("to") or p.NEXT,
        )


class IfForm(StepForm):
    """A condition."""

    rule = forms.CharField(
        label=gettext_lazy("It is true that"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "A rule as for segments, like “orders at least 1” or “did(clicked, 2 days)”."
        ),
    )
    sign = forms.ChoiceField(
        label=gettext_lazy("or the weather where they are is"),
        choices=lambda: [("<", _("below")), (">", _("above"))],
    )
    weather = forms.IntegerField(
        label=gettext_lazy("°C"),
        required=False,
        help_text=gettext_lazy("Empty: the rule counts."),
    )
    to = forms.ChoiceField(label=gettext_lazy("If not, go on with"), choices=list)

    def read(self) -> Step:
        data = self.cleaned_data
        return replace(
            self.before,
            rule=(data.get("rule") or "").replace("\x00", "").strip(),
            sign=data["sign"],
            weather=data.get("weather"),
            to=data["to"],
        )


class GoForm(StepForm):
    """A leap."""

    to = forms.ChoiceField(label=gettext_lazy("Go on with"), choices=list)

    def read(self) -> Step:
        return replace(self.before, to=self.cleaned_data["to"])


class MessageForm(StepForm):
    """A message or an offer: how it is said; the words have a form part for each language."""

    channel = forms.ChoiceField(label=gettext_lazy("By"), choices=lambda: list(Channel.choices))
    purpose = forms.ChoiceField(
        label=gettext_lazy("What for"),
        choices=lambda: [("", "—"), *Purpose.choices],
        required=False,
        help_text=gettext_lazy("By this people allow it, or don’t."),
    )
    offer = forms.ChoiceField(
        label=gettext_lazy("With a code of the offer"),
        choices=offer_choices,
        required=False,
    )
    picture = forms.BooleanField(label=gettext_lazy("With a picture of the design"), required=False)
    lasts = forms.IntegerField(
        label=gettext_lazy("Not later than after days"),
        help_text=gettext_lazy("What could not be said by then is not said any more."),
    )
    priority = forms.IntegerField(
        label=gettext_lazy("Priority"),
        help_text=gettext_lazy("Of two that are due, the greater number goes first."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for code, _name in settings.LANGUAGES:
            self.fields[f"subject_{code}"] = forms.CharField(
                label=gettext_lazy("Subject"), max_length=400, required=False
            )
            self.fields[f"text_{code}"] = forms.CharField(
                label=gettext_lazy("Words"),
                max_length=20_000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 9}),
            )

    def read(self) -> Step:
        data = self.cleaned_data
        texts = {}
        for code, _name in settings.LANGUAGES:
            text = {
                "subject": _clean(data.get(f"subject_{code}")),
                "text": _clean(data.get(f"text_{code}")),
            }
            if any(text.values()):
                texts[code] = text
        chosen = data.get("offer")
        return replace(
            self.before,
            channel=data["channel"],
            purpose=data.get("purpose") or "",
            offer=int(chosen) if chosen else None,
            picture=bool(data.get("picture")),
            lasts=data.get("lasts") or 0,
            priority=data.get("priority") or 0,
            texts=texts,
        )


def _clean(text: str | None) -> str:
    return (text or "").replace("\x00", "").replace("\r\n", "\n").strip()


FORMS: dict[str, type[StepForm]] = {
    p.WAIT: WaitForm,
    p.IF: IfForm,
    p.MESSAGE: MessageForm,
    p.OFFER: MessageForm,
    p.GO: GoForm,
    p.STOP: StepForm,
}


def written(step: Step) -> dict[str, Any]:
    """What stands in a step's form at first."""
    texts = {
        f"{name}_{code}": said for code, text in step.texts.items() for name, said in text.items()
    }
    return {**vars(step), **texts}

"""The forms that go with moves of a work order; services/entries.py says what can be taken."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orders.factory import machine
from orders.factory.models import WorkOrder, WorkOrderOperation
from orders.factory.services.entries import LONGEST_NOTE, LONGEST_REASON
from orders.factory.telling import operation_name
from orders.factory.wording import CAUSE_NAMES

CAUSES = [("", _("Choose …")), *CAUSE_NAMES.items()]
LARGE = {"class": "input", "autocomplete": "off"}


class MoveForm(forms.Form):
    """What is asked for with a move; what is wrong with it, the services say (BadEntry)."""

    use_required_attribute = False
    needed = ""  # the names of fields that can't be left empty, for the browser

    def __init__(self, *args: Any, event: str, work_order: WorkOrder, **kwargs: Any) -> None:
        kwargs.update(auto_id=f"{event}-%s", label_suffix="")
        super().__init__(*args, **kwargs)
        self.event = event
        if "operation" in self.fields:
            self.fields["operation"].widget = forms.Select(LARGE, _begun(work_order))

    def entered(self) -> dict[str, str]:
        """All that was written, as it was."""
        return {name: str(self.data.get(name, "")) for name in self.fields if name != "photo"}


class NoteForm(MoveForm):
    note = forms.CharField(
        label=_("Note"), widget=forms.TextInput({**LARGE, "maxlength": LONGEST_NOTE})
    )


class HoldForm(MoveForm):
    needed = "reason answerer"
    reason = forms.CharField(
        label=_("What is wrong?"), widget=forms.TextInput({**LARGE, "maxlength": LONGEST_REASON})
    )
    answerer = forms.CharField(
        label=_("Who must answer?"),
        widget=forms.Select(LARGE, [("", _("Choose …")), *WorkOrder.Answerer.choices]),
    )
    photo = forms.FileField(
        label=_("Photo"),
        widget=forms.FileInput({"accept": "image/*", "capture": "environment"}),
    )


class ScrapForm(MoveForm):
    needed = "cause"
    cause = forms.CharField(label=_("What went wrong?"), widget=forms.Select(LARGE, CAUSES))
    note = NoteForm.base_fields["note"]
    photo = HoldForm.base_fields["photo"]


class ReworkForm(ScrapForm):
    needed = "operation cause"
    operation = forms.CharField(label=_("Back to"))
    field_order = ("operation", "cause", "note", "photo")


FORMS: dict[str, type[MoveForm]] = {
    "hold": HoldForm,
    "unhold": NoteForm,
    "rework": ReworkForm,
    "scrap": ScrapForm,
    "cancel": NoteForm,
}


def form_for(event: str, work_order: WorkOrder, *data: Any) -> MoveForm | None:
    """The form of an event, filled with what was sent; None for one that needs none."""
    return FORMS[event](*data, event=event, work_order=work_order) if event in FORMS else None


def forms_of(found: WorkOrder, *, lead: bool, sent: MoveForm | None = None) -> list[MoveForm]:
    """The forms of what this person may do now; one that was sent stands as it was written."""
    possible = machine.possible(found.state, lead=lead)
    if not found.operations.exists():
        possible = [event for event in possible if event != "rework"]
    made = [sent if sent and sent.event == e else form_for(e, found) for e in possible]
    return [form for form in made if form is not None]


def _begun(work_order: WorkOrder) -> list[tuple[str, str]]:
    begun = [o for o in work_order.operations.all() if o.state != WorkOrderOperation.State.WAITING]
    return [(operation.code, operation_name(operation)) for operation in begun]

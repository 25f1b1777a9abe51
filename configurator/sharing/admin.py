"""The gallery's queue: a marketer looks at every design before everybody sees it."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from configurator.catalog.admin.base import Fixed, KnownRows
from configurator.sharing import gallery
from configurator.sharing.models import Entry, Report
from configurator.sharing.naming import read_line
from configurator.wizard.errors import BadInput

if TYPE_CHECKING:
    Form = forms.ModelForm[Entry]
    Inline = admin.TabularInline[Report, Entry]
else:
    Form = forms.ModelForm
    Inline = admin.TabularInline


class DecisionForm(Form):
    """A decision, and the reason for a refusal; `seen` is the state that the page showed."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Entry
        fields = ("reason",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.state

    def clean_reason(self) -> str:
        """The reason, as its owner may read it; needed to decline."""
        try:
            said = read_line("reason", self.cleaned_data["reason"], gallery.REASON)
        except BadInput as bad:
            raise forms.ValidationError(bad.message) from None
        if "_decline" in self.data and not said:
            raise forms.ValidationError(_("Say why: its owner reads it."))
        return said

    def clean(self) -> dict[str, Any] | None:
        if self.cleaned_data.get("seen") != Entry.objects.get(pk=self.instance.pk).state:
            said = _("This was decided meanwhile, or its owner withdrew it. Please look again.")
            raise forms.ValidationError(said)
        return super().clean()


class Reports(Inline):
    model = Report
    extra = 0
    can_delete = False
    fields = readonly_fields = ("reason", "at")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


WAITING_FIRST = Case(
    When(state=Entry.State.WAITING, then=Value(0)), default=1, output_field=IntegerField()
)


@admin.register(Entry)
class EntryAdmin(Fixed, KnownRows):
    form = DecisionForm
    change_form_template = "admin/sharing/entry/change_form.html"
    list_display = ("picture", "title", "author", "product", "state", "likes", "reports", "at")
    list_display_links = ("picture", "title")
    list_filter = ("state", "product")
    list_select_related = ("product", "share")
    search_fields = ("title", "author")
    list_per_page = 50
    ordering = (WAITING_FIRST, "-reports", "-submitted_at")
    actions = ("approve",)
    inlines = (Reports,)
    fields = (
        *("large", "title", "author", "product", "link", "state", "likes", "submitted_at"),
        *("decided_at", "decided_by", "reason", "seen"),
    )
    readonly_fields = fields[:-2]

    @admin.display(description=gettext_lazy("picture"))
    def picture(self, entry: Entry) -> SafeString:
        return _picture(entry, 480, 96)

    @admin.display(description=gettext_lazy("picture"))
    def large(self, entry: Entry) -> SafeString:
        return _picture(entry, 960, 640)

    @admin.display(description=gettext_lazy("submitted"), ordering="submitted_at")
    def at(self, entry: Entry) -> Any:
        return entry.submitted_at

    @admin.display(description=gettext_lazy("shared design"))
    def link(self, entry: Entry) -> SafeString:
        url = reverse("sharing:shared", args=[entry.share.token])
        return format_html('<a href="{}">{}</a>', url, _("See it as others do"))

    def save_model(self, request: HttpRequest, obj: Entry, form: Any, change: bool) -> None:
        """Saving is deciding: by which button, is said in the form."""
        by, said = request.user.get_username(), form.cleaned_data["reason"]
        obj = Entry.objects.get(pk=obj.pk)
        if "_decline" in request.POST:
            gallery.decline(entry=obj, by=by, reason=said)
        elif "_approve" in request.POST:
            gallery.approve(entry=obj, by=by)

    def response_change(self, request: HttpRequest, obj: Entry) -> HttpResponse:
        if "_decline" in request.POST:
            messages.success(request, _("“%(title)s” is not taken.") % {"title": obj.title})
        elif "_approve" in request.POST:
            messages.success(request, _("Everybody sees “%(title)s” now.") % {"title": obj.title})
        return redirect("admin:sharing_entry_changelist")

    @admin.action(description=gettext_lazy("Show in the gallery"), permissions=["change"])
    def approve(self, request: HttpRequest, entries: QuerySet[Entry]) -> None:
        """Approve those of the ticked ones that still can be."""
        done = 0
        for entry in entries.select_related("share"):
            try:
                gallery.approve(entry=entry, by=request.user.get_username())
            except gallery.Decided:
                continue
            done += 1
        self.message_user(request, _("Shown in the gallery: %(number)s.") % {"number": done})


def _picture(entry: Entry, width: int, shown: int) -> SafeString:
    src = reverse("sharing:picture", args=[entry.share.token, "webp"])
    pattern = '<img src="{}?w={}" width="{}" height="{}" alt="" loading="lazy">'
    return format_html(pattern, src, width, shown, shown * 3 // 4)

"""Publications in the admin: how far one is, what it would do, and the decision."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from configurator.catalog import gate
from configurator.catalog.admin.base import KnownRows
from configurator.catalog.admin.doctor import PUBLISH
from configurator.catalog.admin.places import Places
from configurator.catalog.comparing import compare
from configurator.catalog.content import canonical
from configurator.catalog.drafts import read_content
from configurator.catalog.models import AffectedDesign, Publication
from configurator.catalog.publications import STALE, InThePast, NotOpen, cancel, confirm
from configurator.catalog.replaying import Move, told
from configurator.catalog.texts import say
from configurator.catalog.verdicts import summary
from configurator.catalog.wording import told as told_message

PAGE = 50
State, Stage = Publication.State, Publication.Stage


class MomentForm(forms.Form):
    """When a publication goes live; in the shop's time zone. Empty: at once."""

    at = forms.DateTimeField(
        required=False,
        label=_("Goes live"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean_at(self) -> datetime | None:
        at: datetime | None = self.cleaned_data["at"]
        if at is not None and at <= timezone.now():
            raise forms.ValidationError(gettext("This moment is over. Choose a later one."))
        return at


@admin.register(Publication)
class PublicationAdmin(KnownRows):
    list_display = ("product", "state", "began_at", "by", "goes_live_at", "release", "notes")
    list_display_links = ("product", "state")
    list_filter = ("state", "product")
    list_select_related = ("product", "release__product")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without the contents, which are large."""
        return super().get_queryset(request).defer("content", "revives__content")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.decide_view))
        deciding = path("<uuid:publication_id>/decide/", view, name="catalog_publication_decide")
        return [deciding, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """How far it is; then what it comes to. Pieces of it for htmx."""
        asked = self.get_object(request, object_id)
        if asked is None:
            raise Http404("no such publication")
        if not self.has_view_permission(request, asked):
            raise PermissionDenied
        form = MomentForm(initial={"at": asked.goes_live_at})
        return self._page(request, asked, form)

    def decide_view(self, request: HttpRequest, publication_id: Any) -> HttpResponse:
        """Let it go live now or later, move it, or give it up."""
        if not request.user.has_perm(PUBLISH):
            raise PermissionDenied
        asked = get_object_or_404(Publication, pk=publication_id)
        form = MomentForm(request.POST)
        wanted = request.POST.get("do", "")
        if wanted == "later" and not request.POST.get("at", "").strip():
            form.is_valid()
            form.add_error("at", gettext("Choose the day and the time."))
        if wanted == "later" and not form.is_valid():
            return self._page(request, asked, form, status=422)
        try:
            said = self._decide(request, asked, wanted, form)
        except InThePast:
            form.add_error("at", gettext("This moment is over. Choose a later one."))
            return self._page(request, asked, form, status=422)
        except NotOpen:
            messages.warning(request, gettext("It was decided already; here is what became of it."))
        else:
            self.log_change(request, asked.product, said)
            messages.success(request, said)
        return redirect("admin:catalog_publication_change", asked.pk)

    def _decide(
        self, request: HttpRequest, asked: Publication, wanted: str, form: MomentForm
    ) -> str:
        by = request.user.get_username()
        if wanted == "cancel":
            cancel(publication_id=asked.pk, by=by)
            if not asked.product.releases.exists():
                return gettext("The publication was canceled.")
            return gettext("The publication was canceled; the live release stays.")
        if wanted not in ("now", "later"):
            raise Http404("no such decision")
        at = form.cleaned_data["at"] if wanted == "later" else None
        done = confirm(publication_id=asked.pk, by=by, at=at)
        if at is None:
            return gettext("It goes live now.")
        assert done.goes_live_at is not None
        local = timezone.localtime(done.goes_live_at)
        return gettext("It goes live on %(at)s.") % {"at": f"{local:%Y-%m-%d %H:%M}"}

    def _page(
        self, request: HttpRequest, asked: Publication, form: MomentForm, status: int = 200
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Publication of %(product)s") % {"product": asked.product.name},
            "opts": self.model._meta,
            "asked": asked,
            "form": form,
            "may_decide": request.user.has_perm(PUBLISH) and asked.open,
            **_told(request, asked),
        }
        part = getattr(request, "htmx", False) and status == 200
        name = "_publication.html" if part else "publication.html"
        return TemplateResponse(
            request, f"admin/catalog/publication/{name}", context, status=status
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _told(request: HttpRequest, asked: Publication) -> dict[str, Any]:
    """What the page says of a publication at its point."""
    moment_is_over = asked.goes_live_at is not None and asked.goes_live_at <= timezone.now()
    moving = asked.state == State.CHECKING or (asked.state == State.SCHEDULED and moment_is_over)
    first = not asked.product.releases.exists()
    context: dict[str, Any] = {
        **{"moving": moving, "first": first},
        "zone": timezone.get_current_timezone_name(),
    }
    if asked.state == State.CHECKING:
        silent = timezone.now() - asked.stage_at > STALE
        others = Publication.objects.filter(state=State.CHECKING).exclude(pk=asked.pk)
        waits = asked.stage == Stage.WAITING
        names = [each.product.name for each in others.select_related("product").only("product")]
        return {
            **context,
            "stages": _stages(asked, first),
            "silent": silent,
            "before": ", ".join(names) if waits else "",
        }
    live = asked.product.releases.filter(live=True).first()
    content = read_content(asked.product) if asked.open and asked.revives_id is None else None
    return {
        **context,
        "live": live,
        "problems": _placed(asked, asked.problems),
        "warnings": _placed(asked, asked.warnings),
        "summary": summary(asked.results),
        "designs_told": f"{int(asked.designs):,}" if asked.designs else "",
        "edited_since": content is not None and canonical(content) != canonical(asked.content),
        "differences": compare(live.content, asked.content) if live and asked.open else [],
        **_affected(request, asked),
    }


def _stages(asked: Publication, first: bool) -> list[dict[str, Any]]:
    """Every stage: over, at work, or to come."""
    at = Stage.values.index(asked.stage)
    return [
        {
            "name": stage.label,
            "over": place < at,
            "now": place == at,
            "count": f"{asked.done:,} / {asked.total:,}" if place == at and asked.total else "",
        }
        for place, stage in enumerate(Stage)
        if not (first and stage in (Stage.SAMPLING, Stage.REPLAYING))
    ]


def _placed(asked: Publication, problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Problems with links to where they are mended."""
    places = Places(asked.product, asked.content)
    return [
        {
            "message": told_message(problem["message"]),
            "url": places.url(tuple(problem["path"])) if problem["path"] else "",
            "name": places.name(tuple(problem["path"])),
            "causes": [
                {"name": places.name(tuple(path)), "url": places.url(tuple(path))}
                for path in problem["causes"]
            ],
        }
        for problem in problems
    ]


def _affected(request: HttpRequest, asked: Publication) -> dict[str, Any]:
    """The page of affected designs that the address asks for: of a kind, with an effect."""
    names = {kind.code: kind.name for kind in gate.kinds()} | {gate.SAMPLE: _("Sampled designs")}
    rows = asked.affected.all()
    kind, effect = request.GET.get("kind", ""), request.GET.get("effect", "")
    if kind in names:
        rows = rows.filter(kind=kind)
    if effect in AffectedDesign.Effect.values:
        rows = rows.filter(effect=effect)
    order = {code: place for place, code in enumerate(names)}
    sampled = Case(When(kind=gate.SAMPLE, then=1), default=0)
    page = Paginator(rows.order_by(sampled, "effect", "id"), PAGE).get_page(request.GET.get("page"))
    locale = get_language() or "en"
    return {
        "page": page,
        "listed": [_row(row, str(names.get(row.kind, row.kind)), locale) for row in page],
        "any_affected": bool(order) and asked.affected.exists(),
        "kinds": [{"code": code, "name": name, "on": code == kind} for code, name in names.items()],
        "effects": [
            {"code": code, "name": name, "on": code == effect}
            for code, name in AffectedDesign.Effect.choices
        ],
        "kind": kind,
        "effect": effect,
    }


def _row(row: AffectedDesign, kind: str, locale: str) -> dict[str, Any]:
    changed = row.before is not None and row.after is not None and row.before != row.after
    return {
        "row": row,
        "kind": kind,
        "changed": changed,
        "moves": [told(Move.from_json(move), locale) for move in row.moves],
        "parts": [
            {"code": code, "before": one, "after": other}
            for code, (one, other) in row.parts.items()
        ],
        "choices": [
            f"{say(each['name'], locale)}: {say(each['value'], locale)}" for each in row.choices
        ],
    }


def waiting(product_id: int) -> list[Publication]:
    """The publications of a product that are on their way."""
    states = (State.CHECKING, State.ASKING, State.SCHEDULED)
    rows = Publication.objects.filter(product_id=product_id, state__in=states)
    return list(rows.defer("content").order_by("goes_live_at", "began_at"))

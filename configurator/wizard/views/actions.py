"""Changing a design: every form of the wizard posts here."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from configurator.catalog import cases, inspirations, measures
from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import released
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say
from configurator.engine import Value
from configurator.wizard import demand, errors, services, undoing
from configurator.wizard.conflicts import Conflict, explain
from configurator.wizard.entering import read_value, write_value
from configurator.wizard.limits import Limits, knows_prices, read_limits
from configurator.wizard.merging import decisions
from configurator.wizard.models import Design
from configurator.wizard.option_views import Entered
from configurator.wizard.outside import excess
from configurator.wizard.queries import design_or_404
from configurator.wizard.reach import Changes
from configurator.wizard.screen import Screen
from configurator.wizard.services import Edit, Outcome
from configurator.wizard.tariffs import charge_of
from configurator.wizard.views.announcing import announced
from configurator.wizard.views.responding import (
    RECORD,
    Reply,
    Resting,
    Versions,
    answer,
    asked_view,
    clean_tab,
    is_fragment,
    only,
)

Act = Callable[[Edit, ReleasedProduct], Outcome]
MOST_CHANGES = 500


@only("POST")
def choose(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Choose a value (`set=option:value`, or `option` and `value`), `take` what others chose, or
    leave one open."""
    if request.POST.get("clear"):
        return clear(request, design_id=design_id)
    advised = request.POST.get("take", "")
    named, _sep, value = (advised or request.POST.get("set", "")).partition(":")
    option = named if named else request.POST.get("option", "")
    entered = value if named else request.POST.get("value", "")
    if request.POST.get("inches") and not named:
        entered = measures.with_inches(request.POST["inches"])
    repairs = bool(request.POST.get("repair"))

    def act(edit: Edit, product: ReleasedProduct) -> Outcome:
        wanted = read_value(product, option, entered, get_language() or "en")
        if repairs:
            changes = _changes(product, request.POST.getlist("change"))
            return services.repair(edit=edit, option=option, value=wanted, changes=changes)
        limits = _limits(request, product, edit) if request.POST.get("limits") else None
        return services.choose(
            edit=edit, option=option, value=wanted, limits=limits, advised=bool(advised)
        )

    response = perform(request, design_id, act, option)
    if repairs and response.status_code < 400:
        demand.made_room(response, design_id)
    return response


def _changes(product: ReleasedProduct, entries: list[str]) -> Changes:
    """The other choices that a repair changes (`option:value`) or lets go (`option:`)."""
    found: Changes = {}
    for entry in entries[:MOST_CHANGES]:
        code, _sep, entered = entry.partition(":")
        if code in product.options:
            found[code] = read_value(product, code, entered, "en") if entered else None
    return found


def _limits(request: HttpRequest, product: ReleasedProduct, edit: Edit) -> Limits:
    """The budget and the day of a form; none where it asks to drop them."""
    if request.POST.get("drop"):
        return Limits()
    budget, day = request.POST.get("budget", ""), request.POST.get("day", "")
    if budget.strip() and not knows_prices(product):
        raise errors.BadLimits(
            budget[:40], day[:40], {"budget": _("A budget can’t be checked for this product.")}
        )
    charge = charge_of(product, design_or_404(edit.design_id))
    return read_limits(budget, day, charge, get_language() or "en")


@only("POST")
def limit(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Set, change or drop the customer's budget and day."""

    def act(edit: Edit, product: ReleasedProduct) -> Outcome:
        return services.set_limits(edit=edit, limits=_limits(request, product, edit))

    return perform(request, design_id, act, "")


@only("POST")
def text(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Write the text of an option."""
    option = request.POST.get("option", "")
    written = request.POST.get("text", "")
    return perform(
        request,
        design_id,
        lambda edit, _product: services.write_text(edit=edit, option=option, text=written),
        option,
    )


@only("POST")
def clear(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Leave an option open again."""
    option = request.POST.get("clear") or request.POST.get("option", "")
    return perform(
        request, design_id, lambda edit, _product: services.clear(edit=edit, option=option), option
    )


@only("POST")
def undo(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Take the last change back, of what this person changed."""
    return perform(request, design_id, lambda edit, _product: undoing.undo(edit=edit), "")


@only("POST")
def redo(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Bring back what was taken back."""
    return perform(request, design_id, lambda edit, _product: services.redo(edit=edit), "")


@only("POST")
def finish(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Decide everything that is still open: at the lowest price, or (`by`) for the earliest day or
    as others did."""
    by = request.POST.get("by")
    return perform(
        request,
        design_id,
        lambda edit, _product: services.finish(
            edit=edit, fastest=by == "fastest", as_others=by == "others"
        ),
        "",
    )


@only("POST")
def record(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Keep the design as a test case of its product, or `as` an inspiration, and go on to it."""
    if not request.user.has_perm(RECORD):
        raise PermissionDenied
    design = design_or_404(design_id)
    if request.POST.get("as") == "inspiration":
        kept = inspirations.record(
            product_id=design.release.product_id,
            product=released(design.release_id),
            configuration=Configuration.from_json(design.state),
        )
        return redirect("admin:catalog_inspiration_change", kept.pk)
    case = cases.record(
        product_id=design.release.product_id,
        product=released(design.release_id),
        configuration=Configuration.from_json(design.state),
        by=request.user.get_username(),
    )
    return redirect("admin:catalog_designcase_change", case.pk)


def perform(request: HttpRequest, design_id: UUID, act: Act, option: str) -> HttpResponse:
    """Make a change and answer with the new state, or with what stands against it."""
    design = design_or_404(design_id)
    edit = _edit(request, design)
    step = request.POST.get("step", "")
    if edit is None:
        return _stale(request, design, step)
    try:
        outcome = act(edit, released(design.release_id))
    except errors.Refused as refused:
        return _refused(request, design_id, step, refused)
    screen = Screen(outcome.design, step=step)
    before = Configuration.from_json(design.state)
    notices = _notices(screen, outcome)
    if is_fragment(request):
        said = announced(screen, option, before)
        return answer(request, screen, Reply(notices=notices, said=said))
    for notice in notices:
        messages.info(request, notice)
    view = asked_view(request, screen)
    more = f"&view={view}" if view else ""
    target = f"{reverse('wizard:design', args=[design_id])}?step={screen.current.code}{more}"
    anchor = f"#o-{option}" if option in screen.product.options else ""
    response = HttpResponseRedirect(f"{target}{anchor}")
    response.status_code = 303
    return response


def _edit(request: HttpRequest, design: Design) -> Edit | None:
    """What the form says about where it comes from; None if that makes no sense."""
    revision = request.POST.get("revision", "")
    if not (revision.isascii() and revision.isdigit()) or len(revision) > 9:
        return None
    if int(revision) > design.revision:
        return None
    tab = clean_tab(request.POST.get("tab", ""))
    by = getattr(request, "acting", "")
    return Edit(design.id, int(revision), tab, by, insist=bool(request.POST.get("insist")))


def _stale(request: HttpRequest, design: Design, step: str) -> HttpResponse:
    notice = _("This page was out of date and has been loaded anew. Please choose again.")
    return answer(request, Screen(design, step=step), Reply(status=422, notices=[notice]))


def _notices(screen: Screen, outcome: Outcome) -> list[str]:
    notices = []
    if outcome.changed:
        names = _names(screen, outcome.changed)
        notices.append(_("Changed with it: %(names)s.") % {"names": names})
    if outcome.gone:
        names = _names(screen, outcome.gone)
        notices.append(_("Let go, because it no longer fits: %(names)s.") % {"names": names})
    if outcome.elsewhere:
        names = _names(screen, outcome.elsewhere)
        notices.append(_("Also changed in another tab: %(names)s.") % {"names": names})
    return notices


def _names(screen: Screen, codes: tuple[str, ...]) -> str:
    options = screen.product.options
    return ", ".join(say(options[code].name, screen.locale) for code in codes if code in options)


def _refused(
    request: HttpRequest, design_id: UUID, step: str, refused: errors.Refused
) -> HttpResponse:
    """The page as it is now, with what stands against the change where it was made."""
    screen = Screen(design_or_404(design_id), step=step)
    match refused:
        case errors.BadInput():
            return _bad_input(request, screen, refused)
        case errors.Impossible():
            return _impossible(request, screen, refused)
        case errors.BadLimits():
            screen.refused = refused
            return answer(request, screen, Reply(422, said=str(refused)))
        case errors.OverLimits():
            found = excess(screen, refused.option, refused.value)
            return answer(request, screen, Reply(409, excess=found))
        case errors.ChangedMeanwhile():
            return answer(request, screen, Reply(409, versions=_versions(screen, refused)))
        case errors.Locked():
            reply = Reply(409, notices=[_locked(screen, refused.option)])
        case errors.Resting():
            return answer(request, screen, Reply(409, resting=_resting(screen, refused)))
        case errors.AnothersLast():
            told = _("The last change is somebody else’s: only they bring it back.")
            reply = Reply(200, notices=[told])
        case errors.NothingThere():
            reply = Reply(200, notices=[_("There is nothing to undo or redo.")])
        case errors.Undecided():
            told = _("What would fit together then cannot be worked out in time. Choose otherwise.")
            reply = Reply(422, notices=[told])
        case errors.Busy():
            reply = Reply(409, notices=[_("Someone else is changing this design. Try again.")])
        case _:
            reply = Reply(422, notices=[_("This product has no such option. Please reload.")])
    return answer(request, screen, reply)


def _locked(screen: Screen, option: str) -> str:
    """That an option stays as it is, and why."""
    name, why = _names(screen, (option,)), screen.locked.get(option, "")
    told = _("“%(name)s” can’t be changed any more: %(why)s. Nothing was changed.")
    return told % {"name": name, "why": why}


def _resting(screen: Screen, refused: errors.Resting) -> Resting:
    """What others chose that would go with the own choice."""
    state = decisions(screen.configuration)
    return Resting(
        name=_names(screen, (refused.option,)),
        theirs=tuple(
            (_names(screen, (code,)), _label(screen, code, state[code]))
            for code in refused.theirs
            if code in state
        ),
    )


def _label(screen: Screen, code: str, value: Value) -> str:
    kind = screen.product.options[code].kind
    if kind == "file":
        return _("your picture")
    return str(value) if kind == "text" else screen.product.label(code, value, screen.locale)


def _bad_input(request: HttpRequest, screen: Screen, bad: errors.BadInput) -> HttpResponse:
    screen.entered = Entered(bad.option, bad.entered, bad.message)
    screen.show(bad.option)
    shown = any(option.code == bad.option for option in screen.options)
    notices = () if shown else (bad.message,)
    return answer(request, screen, Reply(422, said=bad.message, notices=notices))


def _impossible(request: HttpRequest, screen: Screen, no: errors.Impossible) -> HttpResponse:
    """A number is corrected at its field; everything else is explained."""
    conflict = explain(screen, no.option, no.value)
    if conflict is None:
        notices = [_("That just became possible. Please choose again.")]
        return answer(request, screen, Reply(409, notices=notices))
    if request.POST.get("repair"):
        return answer(request, screen, Reply(409, conflict=conflict))
    response = _blocked(request, screen, no, conflict)
    demand.told(response, screen.design, no.option, no.value, conflict.names)
    return response


def _blocked(
    request: HttpRequest, screen: Screen, no: errors.Impossible, conflict: Conflict
) -> HttpResponse:
    if screen.product.options[no.option].kind != "number":
        return answer(request, screen, Reply(409, conflict=conflict))
    names = ", ".join(f"{item.name} {item.label}" for item in conflict.because)
    pattern = _("%(value)s does not go with: %(names)s.") if names else _("%(value)s is not made.")
    message = pattern % {"value": conflict.label, "names": names}
    screen.entered = Entered(no.option, conflict.post, message, conflict.post)
    screen.show(no.option)
    return answer(request, screen, Reply(422, said=message))


def _versions(screen: Screen, changed: errors.ChangedMeanwhile) -> Versions:
    product, code = screen.product, changed.option
    kind = product.options[code].kind

    def told(value: Value | None) -> str:
        if value is None:
            return _("left open")
        if kind == "file":
            return _("the picture sent here") if value == changed.mine else _("the other picture")
        return str(value) if kind == "text" else product.label(code, value, screen.locale)

    mine = changed.mine
    content = "" if mine is None else write_value(mine)
    return Versions(
        option=code,
        name=say(product.options[code].name, screen.locale),
        mine=told(mine),
        theirs=told(changed.theirs),
        field="text" if kind == "text" else "value",
        content=content,
        clears=mine is None,
        file=kind == "file",
    )

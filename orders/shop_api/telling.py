"""Products and designs as the API tells them, from the views that the wizard's pages show."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from configurator.catalog.configuration import value_to_json
from configurator.catalog.infos import OptionInfo
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say
from configurator.engine import NONE, Value
from configurator.wizard import outside
from configurator.wizard.conflicts import Conflict, Decision
from configurator.wizard.entering import read_value
from configurator.wizard.money import money
from configurator.wizard.options import MOST_MARKS, unwritable
from configurator.wizard.preview import describe
from configurator.wizard.preview.rendering import scene_of
from configurator.wizard.screen import Screen, is_pictured
from configurator.wizard.services import Outcome
from configurator.wizard.thumbs import pictured_options
from configurator.wizard.valuing import BLOCKED, CHOSEN

Record = dict[str, Any]
CENTS = Decimal("0.01")


def cash(minor: int, currency: str, locale: str) -> Record:
    """Minor units that hold the tax."""
    amount = (Decimal(minor) / 100).quantize(CENTS)
    return {"amount": amount, "currency": currency, "text": money(minor, currency, locale)}


# products


def steps_of(request: HttpRequest, product: ReleasedProduct, locale: str) -> list[Record]:
    """Everything that can be decided, whatever is chosen."""
    return [
        {
            "code": step.code,
            "name": say(step.name, locale),
            "help": say(step.help, locale),
            "options": [_option_info(request, product, option, locale) for option in step.options],
        }
        for step in product.steps
    ]


def _option_info(
    request: HttpRequest, product: ReleasedProduct, option: OptionInfo, locale: str
) -> Record:
    pictured = option.code in pictured_options(product)
    base = f"{reverse('wizard:product', args=[product.slug])}{product.number}/values/{option.code}/"
    return {
        "code": option.code,
        "name": say(option.name, locale),
        "help": say(option.help, locale),
        "kind": option.kind,
        "required": option.required,
        "conditional": option.when is not None,
        "choices": [
            {
                "value": choice.code,
                "name": say(choice.name, locale),
                "help": say(choice.help, locale),
                "swatch": choice.swatch,
                "picture": request.build_absolute_uri(f"{base}{choice.code}.webp")
                if pictured
                else None,
            }
            for choice in option.choices
        ],
        "unit": option.unit,
        "minimum": option.minimum,
        "maximum": option.maximum,
        "step": option.step_size,
        "max_length": option.max_length,
        "characters": option.characters,
        "accept": list(option.accept),
        "max_bytes": option.max_bytes,
        "minimum_pixels": option.minimum_pixels,
    }


# designs


def design_record(
    request: HttpRequest, screen: Screen, outcome: Outcome | None = None, step: str = ""
) -> Record:
    """A design as it is now; the options of one step, or of all."""
    design, product = screen.design, screen.product
    net = screen.valuer.net or 0
    return {
        "id": design.id,
        "revision": design.revision,
        "product": product.slug,
        "release": product.number,
        "name": screen.name,
        "complete": screen.complete and not screen.missing,
        "missing": list(screen.missing),
        "price": cash(screen.with_tax(net), screen.currency, screen.locale)
        if screen.priced
        else None,
        "lines": [{"label": line.label, "amount": line.amount} for line in screen.receipt]
        if screen.priced
        else [],
        "tax": screen.tax_amount if screen.priced else "",
        "ready_on": screen.ready,
        "sooner_on": screen.sooner_words,
        "designs": screen.count_words,
        "limits": _limits(screen),
        "fits": screen.fits,
        "undo": design.undo_to is not None,
        "redo": design.redo_to is not None,
        "picture": _picture(request, screen),
        "choices": values_record(screen.configuration.choices),
        "texts": screen.configuration.texts,
        "shown": values_record(screen.whole.choices),
        "steps": [
            {
                "code": each.code,
                "name": each.name,
                "decided": each.decided,
                "total": each.total,
                "needs": each.needs,
            }
            for each in screen.steps
        ],
        "options": [
            _option(request, screen, page.code, option)
            for page, options in screen.pages
            for option in options
            if step in ("", page.code)
        ],
        "url": request.build_absolute_uri(reverse("wizard:design", args=[design.id])),
        "review_url": request.build_absolute_uri(reverse("orders:review", args=[design.id])),
        "changes": {
            "let_go": list(outcome.gone) if outcome else [],
            "changed": list(outcome.changed) if outcome else [],
            "elsewhere": list(outcome.elsewhere) if outcome else [],
        },
    }


def values_record(choices: dict[str, Value]) -> dict[str, Any]:
    """Choices as JSON, without those of options that do not apply."""
    return {code: value_to_json(value) for code, value in choices.items() if value != NONE}


def _limits(screen: Screen) -> Record:
    budget = screen.limits.budget
    amount = None if budget is None else (Decimal(budget) / 100).quantize(CENTS)
    return {"budget": amount, "day": screen.limits.day}


def _picture(request: HttpRequest, screen: Screen) -> Record | None:
    """The picture's address holds the revision: it never changes."""
    if not is_pictured(screen.product):
        return None
    scene, design = scene_of(screen.product), screen.design
    address = reverse("wizard:picture", args=[design.id, design.revision, "webp"])
    url = request.build_absolute_uri(address)
    return {
        "url": url,
        "alt": describe(screen.product, screen.whole, screen.locale),
        "width": scene.width,
        "height": scene.height,
        "views": {view: f"{url}?view={view}" for view in scene.views if view},
    }


def _option(request: HttpRequest, screen: Screen, step: str, option: OptionInfo) -> Record:
    now, code = screen.configuration, option.code
    locked = screen.locked.get(code, "")
    address = reverse("wizard:artwork", args=[screen.design.id, code])
    return {
        "code": code,
        "step": step,
        "name": say(option.name, screen.locale),
        "kind": option.kind,
        "state": "locked" if locked else screen.builder.state(option),
        "value": _decided(screen, option),
        "said": screen.builder.said(option),
        "missing": code in screen.missing,
        "locked": locked,
        "values": [] if locked else _values(screen, option),
        "number": {"possible": _numbers(screen, option)} if option.kind == "number" else None,
        "text": now.texts.get(code, "") if option.kind == "text" else None,
        "unwritable": " ".join(
            unwritable(screen.product, code, screen.whole.choices, now.texts.get(code, ""))
        ),
        "artwork": request.build_absolute_uri(address) if now.files.get(code) else None,
    }


def _decided(screen: Screen, option: OptionInfo) -> Any:
    value = screen.whole.choices.get(option.code, NONE)
    return None if value == NONE else value_to_json(value)


def _values(screen: Screen, option: OptionInfo) -> list[Record]:
    if option.kind == "toggle":
        return [value_record(screen, option.code, value) for value in (True, False)]
    if option.kind == "choice":
        return [value_record(screen, option.code, choice.code) for choice in option.choices]
    return []


def _numbers(screen: Screen, option: OptionInfo) -> list[Record] | None:
    possible = screen.answer.possible[option.code]
    if len(possible) > MOST_MARKS:
        return None
    able = [value for value, yes in possible.items() if yes and value != NONE]
    return [value_record(screen, option.code, value) for value in able]


def value_record(screen: Screen, code: str, value: Value) -> Record:
    """What choosing a value would mean."""
    worth = screen.valuer.worth(code, value)
    differs = worth.state not in (CHOSEN, BLOCKED)
    more = worth.more if differs else 0
    known = screen.priced and not (differs and worth.unpriced)
    told = screen.tariff.difference(more, screen.locale) if known else ""
    return {
        "value": value_to_json(value),
        "state": worth.state,
        "difference": (Decimal(more) / 100).quantize(CENTS) if known else None,
        "difference_text": told,
        "days": worth.days if differs else 0,
        "ends": list(worth.gone),
        "over": worth.over if differs else "",
    }


# why not


def conflict_record(product: ReleasedProduct, conflict: Conflict) -> Record:
    """Why a value is not possible, and the ways to have it all the same."""
    return {
        "option": conflict.option,
        "value": value_to_json(read_value(product, conflict.option, conflict.post, "en")),
        "name": conflict.name,
        "label": conflict.label,
        "because": [_decision(each) for each in conflict.because],
        "rules": list(conflict.rules),
        "ways": [
            {
                "changes": dict(_change(product, post) for post in way.posts),
                "decisions": [_decision(each) for each in way.changes],
                "difference": way.difference,
                "cheaper": way.cheaper,
                "unpriced": way.unpriced,
            }
            for way in conflict.ways
        ],
    }


def _change(product: ReleasedProduct, post: str) -> tuple[str, Any]:
    """What a form posts (`option:value`, `option:` to let go), as JSON."""
    code, _colon, entered = post.partition(":")
    return code, value_to_json(read_value(product, code, entered, "en")) if entered else None


def _decision(decision: Decision) -> Record:
    return {
        "option": decision.option,
        "name": decision.name,
        "label": decision.label,
        "instead": decision.instead,
        "locked": decision.locked,
    }


def excess_record(excess: outside.Excess) -> Record:
    """By how much a value is over the limits."""
    return {
        "over": excess.over,
        "price": excess.price,
        "ready": excess.ready,
        "limits": excess.limits,
    }

"""A product's rows as a content, and a content as rows."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_noop

from configurator.catalog.case_rows import write_cases
from configurator.catalog.content import FORMAT, Content
from configurator.catalog.editing.changes import Change, changing
from configurator.catalog.inspirations import inspirations_content, write_inspirations
from configurator.catalog.making import operation_content, part_content, write_factory
from configurator.catalog.media import place_of
from configurator.catalog.models import (
    Choice,
    Layer,
    LayerFile,
    Option,
    PriceRule,
    Product,
    Rule,
    Step,
)
from configurator.catalog.rows import number_of, said, text_of
from configurator.catalog.texts import FALLBACK


def read_content(product: Product) -> Content:
    """The content that the product's rows are now."""
    rows = product.operations.select_related("work_center")
    return {
        "format": FORMAT,
        "product": _product(product),
        "steps": _steps(product),
        "rules": [_rule(rule) for rule in product.rules.all()],
        "prices": [_price(price) for price in product.price_rules.all()],
        "parts": [part_content(part) for part in product.parts.all()],
        "operations": [operation_content(operation) for operation in rows],
        "coverage": product.coverage,
        **inspirations_content(product),
        "picture": _picture(product),
        "files": {file.path: place_of(file.sha, file.path) for file in product.layer_files.all()},
    }


def _product(row: Product) -> Content:
    return {
        "slug": row.slug,
        "name": text_of(row, "name"),
        "tagline": text_of(row, "tagline"),
        "description": text_of(row, "description"),
        "currency": row.currency,
        "tax_rate": f"{row.tax_rate:.2f}",
        "base_price": f"{row.base_price:.2f}",
        "base_days": row.base_days,
        "position": row.position,
        "showcase": row.showcase,
        **({"guide": row.guide} if row.guide else {}),
        **_rush(row),
    }


def _rush(row: Product) -> Content:
    """What rush costs; not a word where it is not offered, as in releases before there was any."""
    if row.rush_percent is not None:
        return {"rush": {"percent": f"{row.rush_percent:.2f}"}}
    if row.rush_amount is not None:
        return {"rush": {"amount": f"{row.rush_amount:.2f}"}}
    return {}


def _steps(product: Product) -> list[Content]:
    options: dict[int, list[Content]] = {}
    rows = Option.objects.filter(product=product).prefetch_related("choices")
    for row in rows:
        options.setdefault(row.step_id, []).append(
            {
                **option_content(row),
                "choices": [choice_content(choice) for choice in row.choices.all()],
            }
        )
    return [
        {
            "code": step.code,
            "name": text_of(step, "name"),
            "help": text_of(step, "help"),
            "options": options.get(step.pk, []),
        }
        for step in product.steps.all()
    ]


def option_content(row: Option) -> Content:
    """An option without its choices, which may not be saved yet."""
    return {
        "code": row.code,
        "name": text_of(row, "name"),
        "help": text_of(row, "help"),
        "kind": row.kind,
        "control": row.control,
        "when": row.when,
        "needs": row.needs,
        "price": row.price,
        "lead_days": row.lead_days,
        "unit": row.unit,
        "minimum": number_of(row.minimum),
        "maximum": number_of(row.maximum),
        "step": number_of(row.step_size),
        "required": row.required,
        "max_length": row.max_length,
        "characters": row.characters,
        "placeholder": text_of(row, "placeholder"),
        "accept": row.accept,
        "max_megabytes": row.max_megabytes,
        "minimum_pixels": row.minimum_pixels,
        "choices": None,
    }


def choice_content(row: Choice) -> Content:
    return {
        "code": row.code,
        "name": text_of(row, "name"),
        "help": text_of(row, "help"),
        "swatch": row.swatch,
        "image": row.image,
        "price": row.price,
        "lead_days": row.lead_days,
        "attributes": row.attributes,
        "needs": row.needs,
    }


def _rule(row: Rule) -> Content:
    table = {"options": row.columns, "rows": row.rows}
    return {
        "code": row.code,
        "rule": row.text if row.kind == Rule.Kind.CONDITION else "",
        "allow": table if row.kind == Rule.Kind.ALLOW else None,
        "forbid": table if row.kind == Rule.Kind.FORBID else None,
        "message": text_of(row, "message"),
    }


def _price(row: PriceRule) -> Content:
    label = text_of(row, "label")
    return {"code": row.code, "label": label, "when": row.when, "amount": row.amount}


def _picture(product: Product) -> Any:
    """The picture; rows that hold no maps are left for others to refuse."""
    layers = []
    for row in product.layers.all():
        when = {"when": row.when} if row.when else {}
        spec = row.spec if isinstance(row.spec, dict) else {"spec": row.spec}
        layers.append({**spec, **when, "code": row.code})
    if not isinstance(product.picture, dict):
        return product.picture
    picture = {key: value for key, value in product.picture.items() if key != "layers"}
    return {**picture, "layers": layers} if picture or layers else {}


def write_content(
    *,
    content: Content,
    files: Mapping[str, str],
    centers: Iterable[Content] = (),
    cases: Iterable[Content] | None = None,
    by: str = "",
) -> Product:
    """Make the rows of the content's product say what it says; what they were is kept.

    `files` are the picture files: path -> sha256. `centers` say how work centers begin: those
    that are there already keep what their lead has set, but for the name. Without `cases` the test
    cases stay. Rows are known by their codes, and stay the same rows.
    """
    note = gettext_noop("imported")
    with translation.override(FALLBACK), changing(by=by, note=note, log=False) as change:
        row = _write_product(change, content)
        _write_steps(change, row, content)
        _write_rules(change, row, content)
        write_factory(change, row, content, centers)
        write_inspirations(change, row, content)
        _write_layers(change, row, content, files)
        if cases is not None:
            write_cases(change, row, cases)
    return Product.objects.get(pk=row.pk)


def _write_product(change: Change, content: Content) -> Product:
    """The product's own row; the history of a new product begins with what comes later."""
    slug = content["product"]["slug"]
    row = Product.objects.filter(slug=slug).first()
    if row is None:
        row = Product(slug=slug, **_product_row(content))
        change.add(row)
        change.quiet = True
        return row
    for name, value in _product_row(content).items():
        setattr(row, name, value)
    change.save(row)
    return row


def _product_row(content: Content) -> dict[str, Any]:
    product = content["product"]
    picture = {key: value for key, value in content["picture"].items() if key != "layers"}
    return {
        **said("name", product["name"]),
        **said("tagline", product["tagline"]),
        **said("description", product["description"]),
        "currency": product["currency"],
        "tax_rate": Decimal(product["tax_rate"]),
        "base_price": Decimal(product["base_price"]),
        "base_days": product["base_days"],
        "rush_percent": _decimal(product.get("rush", {}).get("percent")),
        "rush_amount": _decimal(product.get("rush", {}).get("amount")),
        "position": product["position"],
        "showcase": product["showcase"],
        "guide": product.get("guide", []),
        "coverage": content["coverage"],
        "picture": picture,
    }


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _write_steps(change: Change, product: Product, content: Content) -> None:
    """Steps, options and choices; what is gone goes last, when nothing hangs on it any more."""
    steps = [
        Step(
            product=product,
            code=step["code"],
            position=position,
            **said("name", step["name"]),
            **said("help", step["help"]),
        )
        for position, step in enumerate(content["steps"])
    ]
    gone: list[list[Any]] = [change.replace(list(product.steps.all()), steps, _code)]
    pairs = [
        (_option_row(step, position, option), option)
        for step, said_step in zip(steps, content["steps"], strict=True)
        for position, option in enumerate(said_step["options"])
    ]
    olds = list(product.options.all())
    gone.append(change.replace(olds, [row for row, _option in pairs], _code))
    choices = [
        _choice_row(row, position, choice)
        for row, option in pairs
        for position, choice in enumerate(option["choices"])
    ]
    known = list(Choice.objects.filter(option__product=product))
    gone.append(change.replace(known, choices, lambda row: (row.option_id, row.code)))
    for rows in reversed(gone):
        change.delete_all(rows)


def _code(row: Any) -> str:
    return str(row.code)


def _option_row(step: Step, position: int, option: Content) -> Option:
    copied = (
        *("code", "kind", "control", "when", "needs", "price", "lead_days", "unit", "required"),
        *("max_length", "characters", "accept", "max_megabytes", "minimum_pixels"),
    )
    numbers = {"minimum": "minimum", "maximum": "maximum", "step_size": "step"}
    return Option(
        product=step.product,
        step=step,
        position=position,
        **{field: option[field] for field in copied},
        **{to: None if option[of] is None else Decimal(option[of]) for to, of in numbers.items()},
        **said("name", option["name"]),
        **said("help", option["help"]),
        **said("placeholder", option["placeholder"]),
    )


def _choice_row(option: Option, position: int, choice: Content) -> Choice:
    copied = ("code", "swatch", "image", "price", "lead_days", "attributes", "needs")
    return Choice(
        option=option,
        position=position,
        **{field: choice[field] for field in copied},
        **said("name", choice["name"]),
        **said("help", choice["help"]),
    )


def _write_rules(change: Change, product: Product, content: Content) -> None:
    rules = [_rule_row(product, index, rule) for index, rule in enumerate(content["rules"])]
    prices = [
        PriceRule(
            product=product,
            position=index,
            code=price["code"],
            when=price["when"],
            amount=price["amount"],
            **said("label", price["label"]),
        )
        for index, price in enumerate(content["prices"])
    ]
    change.delete_all(change.replace(list(product.rules.all()), rules, _code))
    change.delete_all(change.replace(list(product.price_rules.all()), prices, _code))


def _rule_row(product: Product, position: int, rule: Content) -> Rule:
    kind = next((form for form in ("allow", "forbid") if rule[form]), "condition")
    table = rule["allow"] or rule["forbid"] or {"options": [], "rows": []}
    return Rule(
        product=product,
        position=position,
        code=rule["code"],
        kind=kind,
        text=rule["rule"],
        columns=table["options"],
        rows=table["rows"],
        **said("message", rule["message"]),
    )


def _write_layers(
    change: Change, product: Product, content: Content, files: Mapping[str, str]
) -> None:
    rows = []
    for position, layer in enumerate(content["picture"].get("layers", ())):
        spec = {key: value for key, value in layer.items() if key not in ("code", "when")}
        when = layer.get("when", "")
        rows.append(
            Layer(product=product, position=position, code=layer["code"], when=when, spec=spec)
        )
    change.delete_all(change.replace(list(product.layers.all()), rows, _code))
    pictures = [
        LayerFile(product=product, path=path, sha=sha) for path, sha in sorted(files.items())
    ]
    known = list(product.layer_files.all())
    change.delete_all(change.replace(known, pictures, lambda row: row.path))

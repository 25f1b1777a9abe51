"""A product's rows as a content, and a content as rows."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import translation

from configurator.catalog.content import FORMAT, Content
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


@transaction.atomic
def write_content(
    *, content: Content, files: Mapping[str, str], centers: Iterable[Content] = ()
) -> Product:
    """Make the rows of the content's product, in place of those that it had.

    `files` are the picture files: path -> sha256. `centers` say how work centers begin: those
    that are there already keep what their lead has set, but for the name.
    """
    with translation.override(FALLBACK):
        row, _created = Product.objects.update_or_create(
            slug=content["product"]["slug"], defaults=_product_row(content)
        )
        row.steps.all().delete()
        for related in (row.rules, row.price_rules, row.parts, row.operations, row.layers):
            related.all().delete()
        row.layer_files.all().delete()
        _write_steps(row, content)
        _write_rules(row, content)
        write_factory(row, content, centers)
        _write_layers(row, content, files)
    return Product.objects.get(pk=row.pk)


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
        "coverage": content["coverage"],
        "picture": picture,
    }


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _write_steps(product: Product, content: Content) -> None:
    for position, step in enumerate(content["steps"]):
        row = Step.objects.create(
            product=product,
            code=step["code"],
            position=position,
            **said("name", step["name"]),
            **said("help", step["help"]),
        )
        rows = [_option_row(row, index, option) for index, option in enumerate(step["options"])]
        made = Option.objects.bulk_create(rows)
        Choice.objects.bulk_create(
            _choice_row(option_row, index, choice)
            for option_row, option in zip(made, step["options"], strict=True)
            for index, choice in enumerate(option["choices"])
        )


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


def _write_rules(product: Product, content: Content) -> None:
    Rule.objects.bulk_create(
        _rule_row(product, index, rule) for index, rule in enumerate(content["rules"])
    )
    PriceRule.objects.bulk_create(
        PriceRule(
            product=product,
            position=index,
            code=price["code"],
            when=price["when"],
            amount=price["amount"],
            **said("label", price["label"]),
        )
        for index, price in enumerate(content["prices"])
    )


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


def _write_layers(product: Product, content: Content, files: Mapping[str, str]) -> None:
    rows = []
    for position, layer in enumerate(content["picture"].get("layers", ())):
        spec = {key: value for key, value in layer.items() if key not in ("code", "when")}
        when = layer.get("when", "")
        rows.append(
            Layer(product=product, position=position, code=layer["code"], when=when, spec=spec)
        )
    Layer.objects.bulk_create(rows)
    LayerFile.objects.bulk_create(
        LayerFile(product=product, path=path, sha=sha) for path, sha in sorted(files.items())
    )

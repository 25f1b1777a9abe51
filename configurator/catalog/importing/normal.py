"""The data of a product file, completed to a content: nothing optional, exact numbers as text."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from configurator.catalog.configuration import exact, number_text, value_to_json
from configurator.catalog.content import CHARACTERS, CONTROLS, FORMAT, Content
from configurator.catalog.texts import Text


def content_of_file(data: Mapping[str, Any], centers: Mapping[str, Text]) -> Content:
    """The content of schema-valid data. `centers` are the known work centers' names.

    `files` is still empty. Work centers that nobody knows get the name {}.
    """
    named = {**centers, **{str(c["code"]): text(c["name"]) for c in data.get("work_centers", ())}}
    return {
        "format": FORMAT,
        "product": _product(data["product"], _kinds(data)),
        "steps": [_step(step) for step in data["steps"]],
        "rules": [_rule(rule, _kinds(data)) for rule in data.get("rules", ())],
        "prices": [_price(price) for price in data.get("prices", ())],
        "parts": [_part(part) for part in data.get("parts", ())],
        "operations": [_operation(each, named) for each in data.get("operations", ())],
        "coverage": [_statement(each) for each in data.get("coverage", ())],
        **_inspirations(data),
        "picture": _picture(data.get("picture")),
        "files": {},
    }


def centers_of_file(data: Mapping[str, Any]) -> list[Content]:
    """The work centers that schema-valid data lists; what is not said of one is None."""
    return [
        {
            "code": str(center["code"]),
            "name": text(center["name"]),
            "stations": center.get("stations"),
            "efficiency": _percent_or_none(center.get("efficiency")),
            "hours": center.get("hours"),
            "country": center.get("country"),
            "hourly_cost": _number(center.get("hourly_cost")),
            "cost_currency": center.get("cost_currency"),
        }
        for center in data.get("work_centers", ())
    ]


def cases_of_file(data: Mapping[str, Any]) -> list[Content] | None:
    """The test cases of schema-valid data; None where it says nothing of them."""
    if "cases" not in data:
        return None
    kinds = _kinds(data)
    return [_case(case, kinds) for case in data["cases"]]


def _case(case: Mapping[str, Any], kinds: Mapping[str, str]) -> Content:
    price, parts = case.get("price"), case.get("parts")
    choices = case.get("choices", {})
    return {
        "name": str(case["name"]).strip(),
        "choices": {code: cell(value, [kinds.get(code, "")]) for code, value in choices.items()},
        "texts": {code: formula(words) for code, words in case.get("texts", {}).items()},
        "possible": case.get("possible", True),
        "price": None if price is None else money(price),
        "parts": None if parts is None else {c: number_text(much) for c, much in parts.items()},
    }


def _percent_or_none(value: Any) -> Decimal | None:
    return None if value is None else Decimal(percent(value))


def text(value: Any) -> dict[str, str]:
    """A text by language; a plain string is English."""
    if not value:
        return {}
    if isinstance(value, str):
        return {"en": value.strip()}
    return {code: words.strip() for code, words in value.items() if words.strip()}


def formula(value: Any) -> str:
    """A formula as text; numbers and true or false may be written plainly."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return number_text(value)
    return str(value).strip()


def plain(value: Any) -> Any:
    """Data of the picture as JSON has it: Decimals become floats, whole ones ints."""
    if isinstance(value, Decimal):
        return value_to_json(exact(value))
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value


def _picture(picture: Mapping[str, Any] | None) -> Content:
    """The picture with a list of layers, or {} where there is none."""
    if not picture:
        return {}
    layers = [_layer(layer) for layer in picture.get("layers", ())]
    found = {**plain(picture), "layers": layers}
    if "views" in picture:
        found["views"] = [
            {
                "code": str(view["code"]),
                "name": text(view["name"]),
                **{key: view[key] for key in ("when", "define") if view.get(key)},
            }
            for view in picture["views"]
        ]
    return found


def _layer(layer: Mapping[str, Any]) -> Content:
    data: Content = plain(layer)
    if "when" in data:
        data["when"] = formula(data["when"])
    if "layers" in data:
        data["layers"] = [_layer(inner) for inner in data["layers"]]
    return {**data, "code": str(data["code"])}


def money(value: Any) -> str:
    return f"{Decimal(value or 0):.2f}"


def _kinds(data: Mapping[str, Any]) -> dict[str, str]:
    return {option["code"]: option["kind"] for s in data["steps"] for option in s["options"]}


def _product(product: Mapping[str, Any], kinds: Mapping[str, str]) -> Content:
    showcase = product.get("showcase", {})
    return {
        "slug": product["slug"],
        "name": text(product["name"]),
        "tagline": text(product.get("tagline")),
        "description": text(product.get("description")),
        "currency": product.get("currency", "EUR"),
        "tax_rate": money(product.get("tax_rate")),
        "base_price": money(product.get("base_price")),
        "base_days": product.get("base_days", 5),
        "position": product.get("position", 0),
        "showcase": {code: _shown(value, kinds.get(code, "")) for code, value in showcase.items()},
        **({"guide": guide_of(product["guide"])} if product.get("guide") else {}),
        **_rush(product.get("rush")),
    }


def guide_of(questions: Any) -> list[Content]:
    """The questions about needs; what is not said of them is left out, as the schema has it."""
    return [
        {
            "code": question["code"],
            "name": text(question["name"]),
            **_if_said("help", text(question.get("help"))),
            **_if_said("several", bool(question.get("several", False))),
            "answers": [_reply(answer) for answer in question["answers"]],
        }
        for question in questions
    ]


def _reply(answer: Mapping[str, Any]) -> Content:
    wants = [
        {"when": formula(want["when"]), "points": want["points"]}
        for want in answer.get("wants", ())
    ]
    return {
        "code": answer["code"],
        "name": text(answer["name"]),
        **_if_said("because", text(answer.get("because"))),
        **_if_said("wants", wants),
    }


def _if_said(name: str, value: Any) -> Content:
    return {name: value} if value else {}


def _rush(said: Any) -> Content:
    """What rush costs, written as 15%, as 90, or as {amount: 90}; nothing if it is not offered."""
    if said is None:
        return {}
    if isinstance(said, str):
        said = {"percent": said.rstrip("%").strip()}
    elif not isinstance(said, Mapping):
        said = {"amount": said}
    return {"rush": {how: money(much) for how, much in said.items()}}


def _inspirations(data: Mapping[str, Any]) -> Content:
    """Not a word where there are none."""
    kinds = _kinds(data)
    found = [
        {
            "code": str(each["code"]),
            "name": text(each["name"]),
            "text": text(each.get("text")),
            "design": {c: _shown(v, kinds.get(c, "")) for c, v in each["design"].items()},
        }
        for each in data.get("inspirations", ())
    ]
    return {"inspirations": found} if found else {}


def _shown(value: Any, kind: str) -> Any:
    """A value of the showcase as its option's kind has it; a text may look like a number."""
    return formula(value) if kind == "text" else cell(value, [kind])


def _step(step: Mapping[str, Any]) -> Content:
    return {
        "code": step["code"],
        "name": text(step["name"]),
        "help": text(step.get("help")),
        "options": [_option(option) for option in step["options"]],
    }


def _option(option: Mapping[str, Any]) -> Content:
    kind = option["kind"]
    is_text, is_file = kind == "text", kind == "file"
    return {
        "code": option["code"],
        "name": text(option["name"]),
        "help": text(option.get("help")),
        "kind": kind,
        "control": option.get("control", CONTROLS[kind][0]),
        "when": formula(option.get("when")),
        "needs": option.get("needs", ""),
        "price": formula(option.get("price")),
        "lead_days": option.get("lead_days", 0),
        "unit": option.get("unit", ""),
        "minimum": _number(option.get("minimum")),
        "maximum": _number(option.get("maximum")),
        "step": _number(option.get("step", 1 if kind == "number" else None)),
        "required": option.get("required", False),
        "max_length": option.get("max_length", 40 if is_text else None),
        "characters": option.get("characters", CHARACTERS if is_text else ""),
        "placeholder": text(option.get("placeholder")),
        "accept": list(option.get("accept", ["png", "jpeg", "webp"] if is_file else [])),
        "max_megabytes": option.get("max_megabytes", 8 if is_file else None),
        "minimum_pixels": option.get("minimum_pixels", 1 if is_file else None),
        "choices": [_choice(choice) for choice in option.get("choices", ())],
    }


def _number(value: Any) -> str | None:
    return None if value is None else number_text(value)


def _choice(choice: Mapping[str, Any]) -> Content:
    return {
        "code": str(choice["code"]),
        "name": text(choice["name"]),
        "help": text(choice.get("help")),
        "swatch": choice.get("swatch", ""),
        "image": choice.get("image", ""),
        "price": formula(choice.get("price")),
        "lead_days": choice.get("lead_days", 0),
        "attributes": plain(choice.get("attributes")) or {},
        "needs": choice.get("needs", ""),
    }


def _rule(rule: Mapping[str, Any], kinds: Mapping[str, str]) -> Content:
    return {
        "code": str(rule["code"]),
        "rule": formula(rule.get("rule")),
        "allow": _table(rule.get("allow"), kinds),
        "forbid": _table(rule.get("forbid"), kinds),
        "message": text(rule.get("message")),
    }


def _table(table: Mapping[str, Any] | None, kinds: Mapping[str, str]) -> Content | None:
    if table is None:
        return None
    columns = table["options"]
    of_columns = [kinds.get(column, "") for column in columns]
    rows = [[cell(v, of_columns[i : i + 1]) for i, v in enumerate(row)] for row in table["rows"]]
    return {"options": list(columns), "rows": rows}


def cell(value: Any, kinds: list[str]) -> Any:
    """A table's value as its column's kind has it, where it can be told."""
    kind = kinds[0] if kinds else ""
    if kind == "toggle" and value in ("yes", "no"):
        return value == "yes"
    if kind == "choice" and not isinstance(value, str):
        return formula(value)
    return plain(value)


def _price(price: Mapping[str, Any]) -> Content:
    return {
        "code": str(price["code"]),
        "label": text(price["label"]),
        "when": formula(price.get("when")),
        "amount": formula(price["amount"]),
    }


def _part(part: Mapping[str, Any]) -> Content:
    cut = part.get("cut") or {}
    return {
        "code": str(part["code"]),
        "number": str(part.get("number", "")),
        "name": text(part["name"]),
        "when": formula(part.get("when")),
        "quantity": formula(part.get("quantity", 1)),
        "unit": part.get("unit", "pcs"),
        "cut": {side: formula(cut.get(side)) for side in ("length", "width", "thickness")},
        "material": text(part.get("material")),
        "bin": str(part.get("bin", "")),
        "scrap": percent(part.get("scrap", 0)),
        "operation": str(part.get("operation", "")),
        "lead_days": part.get("lead_days", 0),
        "stock": _number(part.get("stock")),
        **({"cost": cost} if (cost := formula(part.get("cost"))) else {}),
    }


def _operation(operation: Mapping[str, Any], centers: Mapping[str, Text]) -> Content:
    center = str(operation["work_center"])
    return {
        "code": str(operation["code"]),
        "name": text(operation["name"]),
        "work_center": center,
        "work_center_name": dict(centers.get(center, {})),
        "when": formula(operation.get("when")),
        "setup_minutes": formula(operation.get("setup_minutes", 0)),
        "run_minutes": formula(operation.get("run_minutes", 0)),
        "instructions": text(operation.get("instructions")),
        "checks": [text(check) for check in operation.get("checks", ())],
        "after": [str(code) for code in operation["after"]] if "after" in operation else None,
        "tooling": text(operation.get("tooling")),
        "pictures": list(operation.get("pictures", ())),
    }


def percent(value: Any) -> str:
    """A percentage as a number in text; it may be written 5, 2.5 or "5%"."""
    return number_text(Decimal(str(value).replace("%", "").strip()))


def _statement(statement: Mapping[str, Any]) -> Content:
    """A statement of the coverage; like a layer, it holds only what is said."""
    said = {
        "when": formula(statement.get("when")),
        "message": text(statement.get("message")),
    }
    return {
        "code": str(statement["code"]),
        "of": [str(code) for code in statement["of"]],
        **{key: statement[key] for key in ("exactly", "at_least") if key in statement},
        **{key: value for key, value in said.items() if value},
    }

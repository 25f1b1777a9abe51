"""A content as the data of a product file: the inverse of importing/normal.py.

What says nothing more than the defaults is left out. Exact numbers are Decimals. Fields that hold
JSON are passed on as they are, so that a draft which is not in order can be written, too.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from configurator.catalog.configuration import number_text
from configurator.catalog.content import CHARACTERS, CONTROLS, FORMAT, Content
from configurator.catalog.importing.loader import LONGEST_NUMBER, NUMBER
from configurator.catalog.making import CAPACITY, COSTS
from configurator.catalog.models import WorkCenter
from configurator.catalog.rows import text_of
from configurator.catalog.schema import arranged
from configurator.catalog.texts import FALLBACK

NOTHING: tuple[Any, ...] = (None, "", {}, [])


def data_of(content: Content, centers: Iterable[Content] = ()) -> dict[str, Any]:
    """The data of a product file, its keys in the schema's order. `centers` as `centers_of`."""
    data = {
        "format": FORMAT,
        "product": _product(content["product"]),
        "steps": [_step(step) for step in content["steps"]],
        **_filled(
            {
                "rules": [_rule(rule) for rule in content["rules"]],
                "prices": [_price(price) for price in content["prices"]],
                "parts": [_part(part) for part in content["parts"]],
                "operations": [_operation(each) for each in content["operations"]],
                "work_centers": [_center(center) for center in centers],
                "coverage": [_statement(each) for each in content["coverage"]],
                "inspirations": [_inspiration(each) for each in content.get("inspirations", ())],
                "cases": [_case(case) for case in content.get("cases", ())],
                "picture": _picture(content["picture"]),
            }
        ),
    }
    found: dict[str, Any] = arranged(data)
    return found


def _inspiration(each: Content) -> dict[str, Any]:
    named = {"code": each["code"], "name": text(each["name"])}
    return {**named, **_filled({"text": text(each["text"])}), "design": plain(each["design"])}


def centers_of(content: Content) -> list[Content]:
    """The work centers that the content's operations name, as rows have them."""
    named = {operation["work_center"] for operation in content["operations"]}
    return [
        {
            "code": row.code,
            "name": text_of(row, "name"),
            **{field: getattr(row, field) for field in (*CAPACITY, *COSTS)},
        }
        for row in WorkCenter.objects.filter(code__in=named).order_by("code")
    ]


def _filled(data: dict[str, Any], **defaults: Any) -> dict[str, Any]:
    """What is said, and is not the default."""
    return {
        key: value
        for key, value in data.items()
        if not any(value == nothing and type(value) is type(nothing) for nothing in NOTHING)
        and (key not in defaults or value != defaults[key])
    }


def text(value: Any) -> Any:
    """A text: plain where it is English only, else by language; "" where there is none."""
    if not isinstance(value, dict):
        return plain(value)
    said = {code: _lines(words).strip() for code, words in value.items() if isinstance(words, str)}
    said = {code: words for code, words in said.items() if words}
    return said[FALLBACK] if said.keys() == {FALLBACK} else said


def _lines(words: str) -> str:
    """Browsers send line ends of two characters."""
    return words.replace("\r\n", "\n").replace("\r", "\n")


def formula(words: Any) -> Any:
    """A formula; a plain number as a number."""
    if not isinstance(words, str):
        return plain(words)
    words = _lines(words).strip()
    if NUMBER.match(words) and len(words) <= LONGEST_NUMBER:
        number = Decimal(words)
        if number_text(number) == words:
            return number
    return words


def condition(words: Any) -> Any:
    return _lines(words).strip() if isinstance(words, str) else plain(words)


def plain(value: Any) -> Any:
    """JSON with exact numbers: floats were written from short decimals."""
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value


def _exact(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _product(product: Content) -> Content:
    money = {field: Decimal(product[field]) for field in ("tax_rate", "base_price")}
    optional = {
        "tagline": text(product["tagline"]),
        "description": text(product["description"]),
        "position": product["position"],
        "showcase": plain(product["showcase"]),
        "guide": [_question(each) for each in product.get("guide", ())],
        "rush": _rush(product.get("rush") or {}),
    }
    return {
        "slug": product["slug"],
        "name": text(product["name"]),
        "currency": product["currency"],
        **money,
        "base_days": product["base_days"],
        **_filled(optional, position=0),
    }


def _question(question: Any) -> Any:
    if not isinstance(question, dict):
        return plain(question)
    said = {name: text(question.get(name)) for name in ("name", "help")}
    answers = [_reply(each) for each in question.get("answers", ())]
    kept = {key: value for key, value in question.items() if key not in (*said, "answers")}
    return {**_filled({**plain(kept), **said}, several=False), "answers": answers}


def _reply(answer: Any) -> Any:
    if not isinstance(answer, dict):
        return plain(answer)
    said = {name: text(answer.get(name)) for name in ("name", "because")}
    return _filled({**plain(answer), **said})


def _rush(rush: Content) -> Any:
    if "percent" in rush:
        return f"{number_text(Decimal(rush['percent']))}%"
    return _exact(rush.get("amount"))


def _step(step: Content) -> Content:
    return {
        **_named(step),
        "options": [_option(option) for option in step["options"]],
    }


def _named(row: Content) -> Content:
    return {
        "code": row["code"],
        "name": text(row["name"]),
        **_filled({"help": text(row.get("help", {}))}),
    }


def _option(option: Content) -> Content:
    kind = option["kind"]
    said = {
        "control": option["control"],
        "when": condition(option["when"]),
        "needs": option["needs"],
        "price": formula(option["price"]),
        "lead_days": option["lead_days"],
        "unit": option["unit"],
        **{field: _exact(option[field]) for field in ("minimum", "maximum", "step")},
        "required": option["required"],
        "max_length": option["max_length"],
        "characters": option["characters"],
        "placeholder": text(option["placeholder"]),
        "accept": plain(option["accept"]),
        "max_megabytes": option["max_megabytes"],
        "minimum_pixels": option["minimum_pixels"],
        "choices": [_choice(choice) for choice in option["choices"]],
    }
    defaults = {
        "control": CONTROLS[kind][0] if kind in CONTROLS else "",
        "lead_days": 0,
        "required": False,
        **({"step": Decimal(1)} if kind == "number" else {}),
        **({"max_length": 40, "characters": CHARACTERS} if kind == "text" else {}),
    }
    if kind == "file":
        defaults |= {"accept": ["png", "jpeg", "webp"], "max_megabytes": 8, "minimum_pixels": 1}
    return {**_named(option), "kind": kind, **_filled(said, **defaults)}


def _choice(choice: Content) -> Content:
    said = {
        "swatch": choice["swatch"],
        "image": choice["image"],
        "price": formula(choice["price"]),
        "lead_days": choice["lead_days"],
        "attributes": plain(choice["attributes"]),
        "needs": choice["needs"],
    }
    return {**_named(choice), **_filled(said, lead_days=0)}


def _rule(rule: Content) -> Content:
    said = {"rule": condition(rule["rule"]), "message": text(rule["message"])}
    tables = {form: plain(rule[form]) for form in ("allow", "forbid") if rule[form] is not None}
    return {"code": rule["code"], **_filled(said), **tables}


def _price(price: Content) -> Content:
    return {
        "code": price["code"],
        "label": text(price["label"]),
        **_filled({"when": condition(price["when"])}),
        "amount": formula(price["amount"]),
    }


def _part(part: Content) -> Content:
    said = {
        "number": part["number"],
        "when": condition(part["when"]),
        "quantity": formula(part["quantity"]),
        "unit": part["unit"],
        "cut": _filled({side: formula(part["cut"][side]) for side in part["cut"]}),
        "material": text(part["material"]),
        "bin": part["bin"],
        "scrap": Decimal(part["scrap"]),
        "operation": part["operation"],
        "lead_days": part["lead_days"],
        "stock": _exact(part["stock"]),
        "cost": formula(part.get("cost") or ""),
    }
    defaults = {"quantity": Decimal(1), "unit": "pcs", "scrap": 0, "lead_days": 0}
    return {"code": part["code"], "name": text(part["name"]), **_filled(said, **defaults)}


def _operation(operation: Content) -> Content:
    checks = operation["checks"]
    said = {
        "when": condition(operation["when"]),
        "setup_minutes": formula(operation["setup_minutes"]),
        "run_minutes": formula(operation["run_minutes"]),
        "instructions": text(operation["instructions"]),
        "checks": [text(each) for each in checks] if isinstance(checks, list) else checks,
        "tooling": text(operation["tooling"]),
        "pictures": plain(operation["pictures"]),
    }
    after = {} if operation["after"] is None else {"after": plain(operation["after"])}
    return {
        "code": operation["code"],
        "name": text(operation["name"]),
        "work_center": operation["work_center"],
        **_filled(said, setup_minutes=0, run_minutes=0),
        **after,
    }


def _center(center: Content) -> Content:
    return {
        "code": center["code"],
        "name": text(center["name"]),
        **_filled({field: plain(center[field]) for field in CAPACITY}),
        **_costs(center),
    }


def _costs(center: Content) -> Content:
    """What an hour costs, in which currency; nothing if that is not known."""
    if center.get("hourly_cost") is None:
        return {}
    return {
        "hourly_cost": Decimal(str(center["hourly_cost"])),
        "cost_currency": center["cost_currency"],
    }


def _statement(statement: Any) -> Any:
    if not isinstance(statement, dict):
        return plain(statement)
    said = {"when": condition(statement.get("when")), "message": text(statement.get("message"))}
    kept = {key: value for key, value in statement.items() if key not in said}
    return {**plain(kept), **_filled(said)}


def _case(case: Content) -> Content:
    parts = case["parts"]
    said = {
        "possible": case["possible"],
        "price": _exact(case["price"]),
        "choices": plain(case["choices"]),
        "texts": plain(case["texts"]),
    }
    if isinstance(parts, dict):  # none at all is another thing than any
        parts = {str(code): formula(much) for code, much in parts.items()}
    return {
        "name": case["name"],
        **_filled(said, possible=True),
        **({} if parts is None else {"parts": parts}),
    }


def _picture(picture: Any) -> Any:
    return plain(picture) if picture else {}

"""Freezing a design: the whole of it as plain JSON, named by the hash of that."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from configurator.catalog import measures, placements
from configurator.catalog.configuration import value_to_json
from configurator.catalog.infos import BomLine, OperationLine, OptionInfo
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import compose
from configurator.engine import Value
from configurator.shops.charging import Charge
from configurator.wizard.models import Artwork, Design
from configurator.wizard.preview import picture_key
from orders.models import Specification
from orders.offers import Offer, offer, shown

FORMAT = 1

Json = dict[str, Any]


class Incomplete(Exception):
    """A design with open options can't be frozen; `options` names them."""

    def __init__(self, options: tuple[OptionInfo, ...]) -> None:
        super().__init__(", ".join(option.code for option in options))
        self.options = options


def freeze(design: Design) -> Specification:
    """The specification of the design as it is now, stored; Incomplete if it is not whole."""
    return store(offer(design))


def store(offered: Offer) -> Specification:
    """The specification of a complete offer, stored; the same content is stored once."""
    if not offered.complete:
        raise Incomplete((*offered.undecided, *offered.missing))
    content = content_of(offered)
    specification, _new = Specification.objects.get_or_create(
        sha=sha_of(content),
        defaults={"release_id": offered.product.release_id, "content": content},
    )
    return specification


def sha_of(content: Json) -> str:
    """SHA-256 of the canonical JSON: sorted keys, no spaces, UTF-8."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def content_of(offered: Offer) -> Json:
    """Everything that the order, the factory and the papers will ever need to know.

    Of an incomplete offer it tells what the cheapest completion would be; that is never stored.
    Measures are as the factory has them, however the customer measures.
    """
    with measures.using("mm"):
        return _content_of(offered)


def _content_of(offered: Offer) -> Json:
    product, configuration = offered.product, offered.configuration
    return {
        "format": FORMAT,
        "release": _release(product),
        "product": {
            "name": dict(product.name),
            "currency": offered.currency,
            "tax_rate": str(product.tax_rate),
            **({} if offered.charge.same else {"charge": offered.charge.to_json()}),
        },
        "choices": [_choice(product, option, value) for option, value in shown(offered)],
        "texts": _texts(offered),
        "files": _files(offered),
        "configuration": configuration.to_json(),
        "prices": [
            {"code": line.code, "label": dict(line.label), "amount": str(line.amount)}
            for line in offered.price_lines
        ],
        "net": str(offered.unit_net),
        "lead_days": product.lead_days(configuration.choices),
        "parts": [_part(line) for line in product.bom(configuration)],
        "operations": [_operation(line) for line in product.operations(configuration)],
        "picture": picture_key(product, configuration),
    }


def charge_in(content: Json) -> Charge:
    """How a specification is charged."""
    product = content["product"]
    return Charge.from_json(product.get("charge", {})) or Charge.none(product["currency"])


def _release(product: ReleasedProduct) -> Json:
    return {
        "id": str(product.release_id),
        "sha": product.sha,
        "number": product.number,
        "slug": product.slug,
    }


def _choice(product: ReleasedProduct, option: OptionInfo, value: Value) -> Json:
    chosen = option.choice(value)
    return {
        **_option(product, option.code),
        "kind": option.kind,
        "value": value_to_json(value),
        "label": _label(product, option, value),
        "unit": option.unit,
        "swatch": chosen.swatch if chosen else "",
    }


def _label(product: ReleasedProduct, option: OptionInfo, value: Value) -> Json:
    """By language."""
    return compose(lambda locale: product.label(option.code, value, locale))


def _option(product: ReleasedProduct, code: str) -> Json:
    option = product.options[code]
    step = next(step for step in product.steps if step.code == option.step)
    return {
        "step": step.code,
        "step_name": dict(step.name),
        "option": code,
        "name": dict(option.name),
    }


def _texts(offered: Offer) -> list[Json]:
    return [
        {**_option(offered.product, code), "text": text}
        for code, text in offered.configuration.texts.items()
        if text
    ]


def _files(offered: Offer) -> list[Json]:
    files = offered.configuration.files
    stored = Artwork.objects.in_bulk([placements.sha_of(reference) for reference in files.values()])
    return [
        {
            **_option(offered.product, code),
            "sha": sha,
            **({"reference": reference} if reference != sha else {}),
            "width": stored[sha].width if sha in stored else 0,
            "height": stored[sha].height if sha in stored else 0,
        }
        for code, reference in files.items()
        for sha in [placements.sha_of(reference)]
    ]


def _part(line: BomLine) -> Json:
    sides = line.cut or ()
    return {
        "code": line.code,
        "number": line.number,
        "name": dict(line.name),
        "quantity": str(line.quantity),
        "unit": line.unit,
        "cut": [None if side is None else str(side) for side in sides] or None,
        "material": dict(line.material),
        "bin": line.bin,
        "scrap": str(line.scrap),
        "operation": line.operation,
        "lead_days": line.lead_days,
    }


def _operation(line: OperationLine) -> Json:
    plain = asdict(line)
    return {
        key: str(value) if isinstance(value, Decimal) else _plain(value)
        for key, value in plain.items()
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    return [_plain(entry) for entry in value] if isinstance(value, list) else value

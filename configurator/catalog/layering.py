"""Writing the layers of a product's picture: their order, what they say, and their files.

Everything is written through a `Change`, which remembers what the rows were.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max
from django.utils.text import slugify

from configurator.catalog.checks.pictures import picture_problems
from configurator.catalog.content import Content
from configurator.catalog.drafts import read_content
from configurator.catalog.editing.changes import Change
from configurator.catalog.models import Choice, Layer, LayerFile, Product
from configurator.catalog.problems import Problem
from configurator.catalog.schema import problems_with


class LayerRefused(Exception):
    """What is wrong with a layer; each path begins within the layer: ("text", "at", 0)."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


def order_layers(change: Change, *, product: Product, codes: Sequence[str]) -> None:
    """Paint the layers in this order; those that are not named come after them."""
    rows = list(product.layers.select_for_update())
    places = {code: place for place, code in enumerate(codes)}
    rows.sort(key=lambda row: places.get(row.code, len(places)))  # stable
    _number(change, rows)


def move_layer(change: Change, *, product: Product, code: str, by: int) -> None:
    """Paint a layer so many places later (in front) or earlier (behind)."""
    rows = list(product.layers.select_for_update())
    place = next((i for i, row in enumerate(rows) if row.code == code), None)
    if place is None:
        return
    row = rows.pop(place)
    rows.insert(max(0, min(len(rows), place + by)), row)
    _number(change, rows)


def _number(change: Change, rows: Sequence[Layer]) -> None:
    changed = []
    for place, row in enumerate(rows):
        if row.position != place:
            row.position = place
            changed.append(row)
    change.save_all(changed)


def save_layer(change: Change, *, product: Product, code: str, when: str, spec: Content) -> Layer:
    """Write what a layer says; LayerRefused where it is wrong, Layer.DoesNotExist without one."""
    row = product.layers.select_for_update().get(code=code)
    refuse_wrong(product, code, when, spec)
    row.when, row.spec = when, spec
    change.save(row)
    return row


def add_layer(
    change: Change, *, product: Product, code: str, spec: Content, when: str = ""
) -> Layer:
    """A new layer in front of all others; its code is made one that no other has."""
    taken = set(product.layers.values_list("code", flat=True))
    name, count = code[:70], 1
    while name in taken:
        count += 1
        name = f"{code[:70]}-{count}"
    refuse_wrong(product, name, when, spec)
    last = product.layers.aggregate(last=Max("position"))["last"]
    place = 0 if last is None else last + 1
    row = Layer(product=product, code=name, when=when, spec=spec, position=place)
    change.add(row)
    return row


def remove_layer(change: Change, *, product: Product, code: str) -> None:
    """Delete a layer; its files stay."""
    change.delete_all(list(product.layers.filter(code=code)))


def refuse_wrong(product: Product, code: str, when: str, spec: Content) -> None:
    """Raise LayerRefused where the layer would not be published."""
    layer = {**spec, **({"when": when} if when else {}), "code": code}
    problems = list(problems_with(layer, "layer"))
    if not problems:
        content = read_content(product)
        picture = content["picture"] if isinstance(content["picture"], dict) else {}
        content["picture"] = {**picture, "layers": [layer]}
        here = ("picture", "layers", 0)
        problems = [
            Problem(each.path[3:], each.message, each.line, each.column)
            for each in picture_problems(content)
            if each.path[:3] == here
        ]
    if problems:
        raise LayerRefused(problems)


def keep_files(change: Change, *, product: Product, files: Mapping[str, str]) -> None:
    """Give the product these picture files (path -> sha256), in place of those with their paths."""
    known = {row.path: row for row in product.layer_files.filter(path__in=files)}
    for path, sha in files.items():
        if path in known:
            known[path].sha = sha
    change.save_all(known.values())
    new = [path for path in files if path not in known]
    change.add_all(LayerFile(product=product, path=path, sha=files[path]) for path in new)


def show_on_card(change: Change, *, choice: Choice, path: str) -> None:
    """Show the picture file on the card of a choice."""
    choice.image = path
    change.save(choice)


def resize(change: Change, *, product: Product, width: int, height: int) -> None:
    """Set the size of the scene, pixels."""
    picture: dict[str, Any] = product.picture if isinstance(product.picture, dict) else {}
    product.picture = {**picture, "width": width, "height": height}
    change.save(product)


def add_view(change: Change, *, product: Product, name: str, language: str) -> str:
    """Another view of the picture, called so in English and in the language; its code."""
    picture: dict[str, Any] = product.picture if isinstance(product.picture, dict) else {}
    views = list(picture.get("views") or ())
    taken = {view["code"] for view in views}
    stem = slugify(name).replace("-", "_")[:40]
    stem = stem if stem and not stem[0].isdigit() else f"view_{stem}".rstrip("_")
    code, count = stem, 1
    while code in taken:
        count += 1
        code = f"{stem}_{count}"
    names = {"en": name, **({language: name} if language in ("es", "pl") else {})}
    product.picture = {**picture, "views": [*views, {"code": code, "name": names}]}
    change.save(product)
    return code


def remove_view(change: Change, *, product: Product, code: str) -> None:
    """Take a view away; layers that were seen on it alone are seen on all that are left."""
    picture: dict[str, Any] = product.picture if isinstance(product.picture, dict) else {}
    views = [view for view in picture.get("views") or () if view["code"] != code]
    kept = {key: value for key, value in picture.items() if key != "views"}
    product.picture = {**kept, **({"views": views} if views else {})}
    change.save(product)
    for layer in product.layers.select_for_update():
        if isinstance(layer.spec, dict) and code in (layer.spec.get("views") or ()):
            left = [each for each in layer.spec["views"] if each != code]
            spec = {key: value for key, value in layer.spec.items() if key != "views"}
            layer.spec = {**spec, **({"views": left} if left else {})}
            change.save(layer)

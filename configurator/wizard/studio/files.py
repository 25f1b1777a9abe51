"""Uploaded picture files: checked, matched to where they go, shown, and kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.utils.text import slugify
from django.utils.translation import gettext as _

from configurator.catalog import layering, media
from configurator.catalog.braces import word
from configurator.catalog.content import Content
from configurator.catalog.drafts import read_content
from configurator.catalog.editing.changes import Change
from configurator.catalog.importing.pictures import measured
from configurator.catalog.importing.shelves import MOST_BYTES
from configurator.catalog.models import Choice, Product
from configurator.wizard.studio.contents import layers_of, picture_of, size_of
from configurator.wizard.studio.matching import (
    Match,
    Matcher,
    Target,
    means,
    read_target,
    whole_scene,
)
from configurator.wizard.studio.naming import values_of

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    Upload = UploadedFile[bytes]

SALT = "studio-files"
MOST_FILES = 100
SUFFIXES = (".png", ".jpg", ".jpeg", ".webp")


@dataclass(frozen=True)
class Stored:
    """An uploaded file that is in order, kept by its content."""

    name: str
    sha: str
    width: int
    height: int

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix.lower()


@dataclass(frozen=True)
class Row:
    """A file with what is to become of it. `problem` says why it can't be used, or go there."""

    name: str
    stored: Stored | None = None
    match: Match | None = None
    problem: str = ""


@dataclass(frozen=True)
class Batch:
    """What was uploaded together. `size` is that of the scene, once its files are kept."""

    rows: Sequence[Row]
    size: tuple[int, int]
    sized: bool  # whether the size comes from these files
    ticket: str = ""
    cards: bool = False
    used: Mapping[str, str] = field(default_factory=dict)  # path -> the file that went there

    @property
    def good(self) -> bool:
        return any(row.stored is not None for row in self.rows)


def receive(uploads: Iterable[Upload], content: Content, *, cards: bool) -> Batch:
    """Check what was uploaded, store it, and propose where each file goes."""
    matcher = Matcher(content, cards=cards)
    rows = [_received(upload, matcher) for upload in uploads]
    return judged(rows, content, cards=cards)


def _received(upload: Upload, matcher: Matcher) -> Row:
    name = PurePosixPath((upload.name or "").replace("\\", "/")).name[-120:]
    if not name.lower().endswith(SUFFIXES):
        return Row(name, problem=_("It is not a .png, .jpg or .webp file."))
    if (upload.size or 0) > MOST_BYTES:
        most = MOST_BYTES // 1024 // 1024
        return Row(name, problem=_("It is larger than %(most)s MB.") % {"most": most})
    data = upload.read()
    if not data:
        return Row(name, problem=_("It is empty."))
    try:
        width, height = measured(data)
    except ValueError as error:
        return Row(name, problem=_refused(str(error)))
    return Row(name, Stored(name, media.keep(data, name), width, height), matcher.match(name))


def _refused(reason: str) -> str:
    if reason.startswith("is too large"):
        size = reason.partition(": ")[2].removesuffix(" pixels")
        return _("It has too many pixels: %(size)s.") % {"size": size}
    return _("It is not a PNG, JPEG or WebP picture, or is damaged.")


def judged(rows: Sequence[Row], content: Content, *, cards: bool) -> Batch:
    """With what is wrong with where the files go: their size, or two at one place."""
    size, sized = _scene_size(rows, content)
    used: dict[str, str] = {}
    found = [_judged(row, content, size, used) if row.stored else row for row in rows]
    return Batch(found, size, sized, ticket_of(found), cards, used)


def _judged(row: Row, content: Content, size: tuple[int, int], used: dict[str, str]) -> Row:
    assert row.stored is not None
    assert row.match is not None
    target = row.match.target
    path = path_of(target, row.stored)
    if target.how != "skip" and path in used:
        parts = {"other": used[path], "path": path}
        return replace(row, problem=_("%(other)s goes to %(path)s already.") % parts)
    if target.how != "skip":
        used[path] = row.name
    mine = (row.stored.width, row.stored.height)
    if must_fill(target, content) and mine != size:
        parts = {"mine": _pixels(mine), "size": _pixels(size)}
        told = _("It has %(mine)s pixels; the picture has %(size)s.") % parts
        return replace(row, problem=told)
    return replace(row, problem="")


def _pixels(size: tuple[int, int]) -> str:
    return f"{size[0]} × {size[1]}"


def must_fill(target: Target, content: Content) -> bool:
    """Whether a file that goes there must have the scene's size."""
    if target.how == "file":
        return any(means(template, target.path) for template in whole_scene(content))
    return target.how in ("choice", "own")


def _scene_size(rows: Sequence[Row], content: Content) -> tuple[tuple[int, int], bool]:
    """The scene's size; of a picture without layers, what most of its first files have."""
    picture = picture_of(content)
    known = size_of(content)
    sizes = Counter(
        (row.stored.width, row.stored.height)
        for row in rows
        if row.stored and row.match and row.match.target.how in ("choice", "own")
    )
    if picture.get("layers") or not sizes:
        return known, False
    most, _count = sizes.most_common(1)[0]
    return most, most != known


def path_of(target: Target, stored: Stored) -> str:
    """The path by which layers (or a card) name the file."""
    suffix = ".jpg" if stored.suffix == ".jpeg" else stored.suffix
    match target.how:
        case "file":
            return target.path
        case "choice":
            return f"layers/{target.option}-{target.value}{suffix}"
        case "card":
            return f"cards/{target.option}-{target.value}{suffix}"
        case _:
            stem = slugify(PurePosixPath(stored.name).stem)[:60] or stored.sha[:8]
            return f"layers/{stem}{suffix}"


def ticket_of(rows: Sequence[Row]) -> str:
    """The files in order, signed, for the form that follows."""
    facts = [
        [r.stored.name, r.stored.sha, r.stored.width, r.stored.height] for r in rows if r.stored
    ]
    return signing.dumps(facts, salt=SALT, compress=True)


def read_ticket(ticket: str) -> list[Stored] | None:
    """The files of a ticket of ours, a day long; None for anything else."""
    try:
        facts = signing.loads(ticket, salt=SALT, max_age=24 * 3600)
    except signing.BadSignature:
        return None
    return [Stored(*fact) for fact in facts]


def decided(
    stored: Sequence[Stored], targets: Sequence[str], content: Content, *, cards: bool
) -> Batch:
    """The batch with where a person wants its files, judged again."""
    known = Matcher(content, cards=cards).labels("en")
    rows = []
    for each, text in zip(stored, [*targets, *["skip"] * len(stored)], strict=False):
        target = read_target(text)
        fits = target is not None and (target.how in ("own", "skip") or text in known)
        rows.append(Row(each.name, each, Match(target if fits and target else Target("skip"))))
    return judged(rows, content, cards=cards)


@dataclass(frozen=True)
class Kept:
    """What came of it: how many files, and the codes of new layers."""

    files: int
    layers: tuple[str, ...]


def keep(change: Change, *, product: Product, batch: Batch) -> Kept:
    """Give the product its files, with the layers and cards that they need."""
    rows = [
        (row.stored, row.match.target)
        for row in batch.rows
        if row.stored and row.match and row.match.target.how != "skip" and not row.problem
    ]
    if batch.sized:
        layering.resize(change, product=product, width=batch.size[0], height=batch.size[1])
    layering.keep_files(change, product=product, files={path_of(t, s): s.sha for s, t in rows})
    made: list[str] = []
    wanted: dict[str, dict[str, Any]] = {}
    for stored, target in rows:
        path = path_of(target, stored)
        if target.how == "card":
            choices = Choice.objects.filter(option__product=product, option__code=target.option)
            layering.show_on_card(change, choice=choices.get(code=target.value), path=path)
        elif target.how == "own":
            wanted.setdefault(path, {"image": path, "code": PurePosixPath(path).stem})
        elif target.how == "choice":
            suffix = PurePosixPath(path).suffix
            template = f"layers/{target.option}-{{{target.option}}}{suffix}"
            layer = wanted.setdefault(template, {"code": target.option, "values": []})
            layer["values"].append(target.value)
    for template, layer in wanted.items():
        made += _add(change, product, template, layer)
    return Kept(len(rows), tuple(made))


def _add(change: Change, product: Product, template: str, layer: Mapping[str, Any]) -> list[str]:
    """A layer for new files, unless one names them already; only for the values that have one."""
    content = read_content(product)
    layers = layers_of(content)
    if any(template == each.get("image") for each in layers):
        return []
    code, when = str(layer["code"]), ""
    if "values" in layer:
        option = next(
            each
            for step in content["steps"]
            for each in step["options"]
            if each["code"] == layer["code"]
        )
        if {word(value) for value in values_of(option)} != set(layer["values"]):
            when = _only(option, layer["values"])
    made = layering.add_layer(
        change, product=product, code=code, spec={"image": template}, when=when
    )
    return [made.code]


def _only(option: Content, values: Sequence[str]) -> str:
    """The condition that an option has one of these values, as they are written."""
    code = option["code"]
    if option["kind"] == "toggle":
        return code if "yes" in values else f"{code} = no"
    if option["kind"] == "number":
        return " or ".join(f"{code} = {value}" for value in values)
    listed = ", ".join(_quoted(value) for value in values)
    return f"{code} in {{{listed}}}"


def _quoted(code: str) -> str:
    return code if code.isidentifier() else f'"{code}"'

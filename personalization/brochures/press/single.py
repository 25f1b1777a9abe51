"""A file of one brochure: each leaf on a page of its own, with its boxes and marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from orders.papers.pen import MM
from personalization.brochures.press import faces, intent, marks, pictures
from personalization.brochures.press.intent import About, Condition
from personalization.brochures.press.leaf import Leaf
from personalization.brochures.press.objects import Entries, Writer, array, dictionary, reference

SLUG = 10.0  # mm around the trimmed paper


def pdf(leaves: Sequence[Leaf], about: About, meant: Condition) -> bytes:
    """The same leaves always give the same bytes."""
    file = BytesIO()
    writer = Writer(file)
    tree = writer.reserve()
    shared = _shared(writer, leaves)
    pages = [_page(writer, leaf, shared, tree) for leaf in leaves]
    kids = b"[" + b" ".join(map(reference, pages)) + b"]"
    writer.put(dictionary({"Type": "Pages", "Kids": kids, "Count": len(pages)}), tree)
    intent.finish(writer, pages=tree, about=about, meant=meant)
    return file.getvalue()


@dataclass(frozen=True)
class Shared:
    """What leaves of one file have in common, by number."""

    srgb: int
    fonts: dict[str, int]
    pictures: dict[str, int]


def _shared(writer: Writer, leaves: Sequence[Leaf]) -> Shared:
    space = intent.srgb(writer)
    used: dict[faces.Subset, set[int]] = {}
    shown: dict[str, pictures.Picture] = {}
    for leaf in leaves:
        shown |= leaf.pictures
        for subset, codes in leaf.fonts.items():
            used.setdefault(subset, set()).update(codes)
    fonts = {
        each.name: faces.embed(writer, each, faces.alphabet(each, used[each]))
        for each in sorted(used)
    }
    images = {name: pictures.embed(writer, shown[name], space) for name in sorted(shown)}
    return Shared(space, fonts, images)


def _page(writer: Writer, leaf: Leaf, shared: Shared, tree: int) -> int:
    form = _form(writer, leaf, shared)
    left = SLUG
    trim = (left, left, leaf.width, leaf.height)
    place = f"q 1 0 0 1 {left * MM:.3f} {left * MM:.3f} cm /Leaf Do Q"
    content = f"{place}\n{marks.drawn(marks.lines([trim], leaf.bleed))}"
    stream = writer.stream({}, content.encode("ascii"), deflate=True)
    wide, high = leaf.width + 2 * SLUG, leaf.height + 2 * SLUG
    page: Entries = {
        "Type": "Page",
        "Parent": reference(tree),
        "MediaBox": array(0, 0, wide * MM, high * MM),
        "BleedBox": _box(
            left - leaf.bleed, leaf.width + 2 * leaf.bleed, leaf.height + 2 * leaf.bleed
        ),
        "TrimBox": _box(left, leaf.width, leaf.height),
        "Resources": dictionary({"XObject": dictionary({"Leaf": reference(form)})}),
        "Contents": reference(stream),
    }
    return writer.put(dictionary(page))


def _box(left: float, width: float, height: float) -> bytes:
    return array(left * MM, left * MM, (left + width) * MM, (left + height) * MM)


def _form(writer: Writer, leaf: Leaf, shared: Shared) -> int:
    fonts = {each.name: reference(shared.fonts[each.name]) for each in sorted(leaf.fonts)}
    images = {name: reference(shared.pictures[name]) for name in sorted(leaf.pictures)}
    return writer.stream(form_entries(leaf, shared.srgb, fonts, images), leaf.content, deflate=True)


def form_entries(
    leaf: "Leaf", srgb: int, fonts: dict[str, bytes], images: dict[str, bytes]
) -> Entries:
    """What is said of a leaf as a form."""
    resources = {
        "ColorSpace": dictionary({"sRGB": reference(srgb)}),
        "Font": dictionary(dict(fonts)),
        "XObject": dictionary(dict(images)),
    }
    return {
        "Type": "XObject",
        "Subtype": "Form",
        "BBox": array(
            -leaf.bleed * MM,
            -leaf.bleed * MM,
            (leaf.width + leaf.bleed) * MM,
            (leaf.height + leaf.bleed) * MM,
        ),
        "Resources": dictionary(resources),
    }

"""Publishing a draft: frozen when it is in order, refused with a reason when it is not."""

from typing import Any

import pytest

from configurator.catalog import publishing, spaces
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import (
    Choice,
    Option,
    Part,
    Product,
    Release,
    Rule,
    Step,
)
from configurator.catalog.publishing import ChangedMeanwhile, PublishRefused, publish
from configurator.catalog.spaces import Limits
from tests.catalog.kit import STOOL

pytestmark = pytest.mark.django_db


@pytest.fixture
def stool() -> Product:
    import_product(file=STOOL)
    return Product.objects.get()


def refusal(product: Product, **arguments: Any) -> list[str]:
    """Publish, which must be refused; the live release must stay."""
    before = list(Release.objects.values())
    with pytest.raises(PublishRefused) as caught:
        publish(product=product, **arguments)
    assert list(Release.objects.values()) == before
    return caught.value.messages()


def test_an_edited_draft_becomes_the_next_release(stool: Product) -> None:
    assert not publish(product=stool).created
    Choice.objects.filter(code="oak").update(price="30")
    done = publish(product=stool, by="anna")
    assert (done.created, done.release.number, done.release.published_by) == (True, 2, "anna")
    assert done.designs == 66
    assert not Release.objects.get(number=1).live
    assert not publish(product=stool).created


def test_a_text_alone_does_not_compile_again(stool: Product) -> None:
    Choice.objects.filter(code="oak").update(name_en="Old oak")
    done = publish(product=stool)
    first = Release.objects.get(number=1)
    assert done.created
    assert (done.release.space, done.release.sha != first.sha) == (first.space, True)


def test_a_contradiction(stool: Product) -> None:
    Rule.objects.create(product=stool, code="no-wood", text="wood not in {pine, oak}")
    (message,) = refusal(stool)
    assert "No design at all can meet “no-wood”" in message
    assert message.startswith("Rule “no-wood”: ")


def test_a_bad_formula_tells_its_place(stool: Product) -> None:
    Part.objects.filter(code="leg").update(quantity="4 *\n hight")
    (message,) = refusal(stool)
    assert message.startswith("Part “Leg”, quantity: Line 2, column 2: ")
    assert "Did you mean “height”?" in message


def test_an_option_without_choices_and_a_product_without_steps(stool: Product) -> None:
    Choice.objects.filter(option__code="legs").delete()
    assert any("needs “choices”" in message for message in refusal(stool))
    Step.objects.all().delete()
    assert refusal(Product.objects.create(slug="bare", name="Bare"))


def test_garbage_in_a_json_column_is_told(stool: Product) -> None:
    Rule.objects.filter(code="brass-is-for-oak").update(rows=[["pine"], "oak", 3])
    assert refusal(stool)
    Rule.objects.filter(code="brass-is-for-oak").update(rows={"a": 1})
    assert refusal(stool)
    Rule.objects.filter(code="brass-is-for-oak").delete()
    Product.objects.update(picture={"width": "wide"})
    assert refusal(Product.objects.get())
    Product.objects.update(picture={})
    Choice.objects.filter(code="oak").update(attributes=[1])
    assert refusal(Product.objects.get())


def test_dead_values_are_warnings(stool: Product) -> None:
    Rule.objects.create(product=stool, code="oak-only", text="wood = oak and height < 500")
    warnings = publish(product=stool).warnings
    assert any("No design can have wood = pine." in each for each in warnings)
    assert any("No design can have height = 500, 600" in each for each in warnings)
    assert any("“rest_metal” never applies." in each for each in warnings)


def test_an_edit_during_compilation_is_noticed(
    stool: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare = publishing.prepare

    def slow(**arguments: Any) -> Any:
        done = prepare(**arguments)
        Option.objects.filter(code="height").update(maximum=900)
        return done

    monkeypatch.setattr(publishing, "prepare", slow)
    Choice.objects.filter(code="oak").update(price="31")
    with pytest.raises(ChangedMeanwhile):
        publish(product=stool)
    assert Release.objects.count() == 1


def pigeons(product: Product, holes: int, *, more: int = 1, rules: bool = True) -> None:
    """Options of which no two may have the same of `holes` values; `more` than there are."""
    step = Step.objects.first()
    assert step is not None
    for pigeon in range(holes + more):
        option = Option.objects.create(
            product=product, step=step, code=f"p{pigeon}", name=f"P{pigeon}"
        )
        for hole in range(holes):
            Choice.objects.create(option=option, code=f"h{hole}", name=f"H{hole}")
    Rule.objects.bulk_create(
        Rule(product=product, code=f"r{one}-{two}", text=f"p{one} != p{two}")
        for one in range(holes + more)
        for two in range(one)
        if rules
    )


def test_a_pigeonhole_that_nothing_decides_is_refused(stool: Product) -> None:
    """Thirteen pigeons in twelve holes, told only pairwise: no design, and hard to see."""
    pigeons(stool, 12)
    (message,) = refusal(stool, limits=Limits(seconds=60, nodes=2_000, search_seconds=1))
    assert "cannot be decided" in message
    assert "diagram nodes" in message
    assert "rules" in message
    assert "does not end within 1 seconds" in message


def test_a_contradiction_is_told_by_search_too(stool: Product) -> None:
    """Where compiling gives up, the solver finds the few rules that contradict each other."""
    pigeons(stool, 9, more=0)
    Rule.objects.create(product=stool, code="all-low", text="p1 in {h0, h1}")
    Rule.objects.create(product=stool, code="low-two", text="p2 in {h0, h1}")
    Rule.objects.create(product=stool, code="low-three", text="p3 in {h0, h1}")
    (message,) = refusal(stool, limits=Limits(nodes=300))
    assert "No design can meet these together" in message
    named = {"all-low", "low-two", "low-three", "r2-1", "r3-1", "r3-2"}
    assert {
        code for code in Rule.objects.values_list("code", flat=True) if f"“{code}”" in message
    } == named


def test_a_rule_too_large_is_refused_with_its_size(stool: Product) -> None:
    """Searching would not help: the rule itself cannot be written out."""
    step = Step.objects.get(code="body")
    for name in ("wa", "wb", "wc", "wd"):
        fields = {"control": "slider", "minimum": 1, "maximum": 400, "step_size": 1}
        Option.objects.create(
            product=stool, step=step, code=name, name=name, kind="number", **fields
        )
    Rule.objects.create(product=stool, code="huge", text="wa * wb + wc * wd * wa <= 90000")
    (message,) = refusal(stool)
    assert message.startswith("Rule “huge”: ")
    assert "25,600,000,000 combinations of" in message
    assert "Use larger steps, or split it." in message


TIGHT = Limits(nodes=300)


def test_what_does_not_fit_is_published_as_searched(stool: Product) -> None:
    pigeons(stool, 7, more=0)
    done = publish(product=stool, limits=TIGHT)
    assert (done.created, done.designs, done.release.searched) == (True, None, True)
    assert "needs more than 300 diagram nodes" in done.release.reason
    assert "13 options" in done.release.reason
    assert "To make it fit" in done.release.reason
    space = spaces.open_space(done.release.space, done.release.content, searched=True)
    assert space.backend == "sat"
    assert not publish(product=stool, limits=TIGHT).created
    counted = publish(product=stool)
    assert counted.created  # what did not fit then fits now
    assert counted.designs == 66 * 5040
    assert counted.release.space == done.release.space


def test_a_lost_searched_space_is_built_again_without_compiling(
    stool: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    pigeons(stool, 6, more=0)
    release = publish(product=stool, limits=TIGHT).release
    path = spaces.space_path(release.space)
    whole = path.read_bytes()
    monkeypatch.setattr(spaces, "_make", None)
    for damaged in (None, b"", whole[:-40], b"x" * 500):
        path.unlink()
        if damaged is not None:
            path.write_bytes(damaged)
        space = spaces.open_space(release.space, release.content, searched=True)
        assert space.backend == "sat"
        assert space.answer({}).completion
        assert path.exists()


def test_what_takes_too_long_or_too_much_memory_is_searched(stool: Product) -> None:
    Choice.objects.filter(code="oak").update(price="77")
    for limits in (Limits(memory_mb=40), Limits(seconds=0)):
        path = spaces.space_path(publish(product=stool, limits=limits).release.space)
        assert Release.objects.get(live=True).searched
        assert not list(path.parent.glob(".compiling-*"))
        path.unlink()
    assert publish(product=stool).designs == 66


def test_two_admins_publish_at_once(stool: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare = publishing.prepare
    other: list[int] = []

    def overtaken(**arguments: Any) -> Any:
        done = prepare(**arguments)
        if not other:
            other.append(0)
            other[0] = publish(product=stool, by="bob").release.number
        return done

    monkeypatch.setattr(publishing, "prepare", overtaken)
    Choice.objects.filter(code="oak").update(price="78")
    mine = publish(product=stool, by="anna")
    assert (other, mine.release.number, mine.created) == ([2], 2, False)
    assert Release.objects.get(live=True).published_by == "bob"

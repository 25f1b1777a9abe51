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
    assert message.startswith("rules → no-wood")


def test_a_bad_formula_tells_its_place(stool: Product) -> None:
    Part.objects.filter(code="leg").update(quantity="4 *\n hight")
    (message,) = refusal(stool)
    assert message.startswith("parts → leg → quantity, line 2, column 2: ")
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


def test_a_pigeonhole_that_explodes_is_refused(stool: Product) -> None:
    """Twelve pigeons in eleven holes, told only pairwise: no design, and hard to see."""
    step = Step.objects.first()
    assert step is not None
    holes = 11
    for pigeon in range(holes + 1):
        option = Option.objects.create(
            product=stool, step=step, code=f"p{pigeon}", name=f"P{pigeon}"
        )
        for hole in range(holes):
            Choice.objects.create(option=option, code=f"h{hole}", name=f"H{hole}")
    Rule.objects.bulk_create(
        Rule(product=stool, code=f"r{one}-{two}", text=f"p{one} != p{two}")
        for one in range(holes + 1)
        for two in range(one)
    )
    (message,) = refusal(stool, limits=Limits(memory_mb=3000, seconds=6, nodes=300_000))
    assert "too large" in message or "nodes" in message or "No design" in message


def test_a_compilation_without_time_or_memory_is_refused(stool: Product) -> None:
    Choice.objects.filter(code="oak").update(price="77")
    for limits in (Limits(memory_mb=40), Limits(seconds=-14.99)):
        (message,) = refusal(stool, limits=limits)
        assert "too large to compile" in message
    assert not list(spaces.space_path("x").parent.glob(".compiling-*"))
    assert publish(product=stool).created


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

"""The demo's pages."""

import pytest

from personalization.slots.demo import SATCHEL, make_demo_pages
from personalization.slots.forms import VariantForm
from personalization.slots.known import PLACES
from personalization.slots.models import Variant

pytestmark = pytest.mark.django_db


def test_they_are_made_once_and_left_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    products = [(SATCHEL, "Satchel")]
    monkeypatch.setattr("personalization.slots.catalog.product_choices", lambda: products)
    make_demo_pages()
    made = Variant.objects.count()
    for variant in Variant.objects.all():
        place = PLACES[variant.place]
        form = VariantForm(place, instance=variant)
        data = {name: form[name].value() or "" for name in form.fields}
        written = VariantForm(place, data, instance=variant)
        assert written.is_valid(), written.errors
        assert {"en", "es", "pl"} == set(variant.title) or not variant.title
    Variant.objects.all()[0].delete()
    make_demo_pages()
    assert Variant.objects.count() == made - 1

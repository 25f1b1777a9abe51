"""Two tabs on one design: nothing that was acknowledged is lost."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from configurator.wizard import services
from configurator.wizard.models import Design, DesignEvent
from configurator.wizard.services import Edit
from tests.wizard.conftest import Shop, picture

OTHER = "bbbbbbbbbbbb"

pytestmark = pytest.mark.django_db


def test_different_options_are_merged_and_told(shop: Shop) -> None:
    shop.choose("shade", "brass", tab=OTHER)
    response = shop.choose("base", "heavy", revision="0")
    assert response.status_code == 200
    assert shop.choices == {"shade": "brass", "base": "heavy"}
    assert "Also changed in another tab: Shade." in response.content.decode()


def test_a_quick_second_click_in_the_same_tab_is_no_other_tab(shop: Shop) -> None:
    shop.choose("shade", "brass")
    response = shop.choose("shade", "black", revision="0")
    assert response.status_code == 200
    assert shop.choices == {"shade": "black"}
    assert "another tab" not in response.content.decode()


def test_the_same_option_shows_both_versions(shop: Shop) -> None:
    shop.choose("shade", "brass", tab=OTHER)
    response = shop.choose("shade", "black", revision="0")
    html = response.content.decode()
    assert response.status_code == 409
    assert response["HX-Retarget"] == "#ask"
    assert "Changed in two places" in html
    assert "<strong>Brass</strong>" in html
    assert "<strong>Black</strong>" in html
    assert shop.choices == {"shade": "brass"}
    shop.choose("shade", "black", revision="0", insist="1")
    assert shop.choices == {"shade": "black"}


def test_both_versions_are_a_page_without_javascript(shop: Shop) -> None:
    shop.choose("shade", "brass", tab=OTHER)
    response = shop.choose("shade", "black", revision="0", htmx=False)
    html = response.content.decode()
    assert response.status_code == 409
    assert "<html" in html
    assert 'name="insist" value="1"' in html


def test_the_same_value_in_both_is_agreement(shop: Shop) -> None:
    shop.choose("shade", "brass", tab=OTHER)
    assert shop.choose("shade", "brass", revision="0").status_code == 200


def test_texts_show_both_versions_and_lose_neither(shop: Shop) -> None:
    shop.choose("engraved", "yes")
    base = str(shop.now().revision)
    shop.post("text", option="words", text="Theirs", tab=OTHER)
    response = shop.post("text", option="words", text="Mine", revision=base)
    html = response.content.decode()
    assert response.status_code == 409
    assert "Theirs" in html
    assert 'name="text" value="Mine"' in html
    shop.post("text", option="words", text="Mine", revision=base, insist="1")
    assert shop.now().state["texts"] == {"words": "Mine"}


def test_files_can_be_insisted_on_without_sending_them_again(shop: Shop) -> None:
    def upload(size: int, **form: Any) -> Any:
        file = SimpleUploadedFile("x.png", picture((size, size)))
        return shop.post("file", option="print", file=file, **form)

    upload(30, tab=OTHER)
    theirs = shop.now().state["files"]["print"]
    response = upload(40, revision="0")
    assert response.status_code == 409
    mine = response.content.decode().split('name="value" value="')[1]
    shop.post("file", option="print", value=mine[:64], revision="0", insist="1")
    assert shop.now().state["files"]["print"] not in ("", theirs)


def test_a_merge_that_breaks_a_rule_is_explained(shop: Shop) -> None:
    shop.choose("cable", "textile", tab=OTHER)
    response = shop.choose("shade", "brass", revision="0")
    assert response.status_code == 409
    assert "Brass lamps come with a plain cable." in response.content.decode()


def test_clearing_what_another_tab_chose_asks_first(shop: Shop) -> None:
    shop.choose("shade", "brass")
    shop.choose("shade", "black", tab=OTHER)
    response = shop.post("clear", option="shade", revision="1")
    assert response.status_code == 409
    assert shop.choices == {"shade": "black"}


def test_what_was_changed_and_changed_back_is_no_conflict(shop: Shop) -> None:
    shop.choose("shade", "brass", tab=OTHER)
    shop.post("undo", tab=OTHER)
    response = shop.choose("shade", "black", revision="0")
    assert response.status_code == 200
    assert "another tab" not in response.content.decode()


class Rival:
    """Writes an edit of its own in the moment between another's reading and writing."""

    def __init__(self, design: Design, *, guarded: bool) -> None:
        self.design, self.guarded, self.write, self.came = design, guarded, services._write, False

    def __call__(self, design: Design, event: DesignEvent, *moves: Any, **more: Any) -> bool:
        if not self.came:
            self.came = True
            services.choose(edit=Edit(self.design.id, 0), option="base", value="heavy")
            if not self.guarded:
                design.revision += 1  # as if the revision that was read were the present one
        return self.write(design, event, *moves, **more)


def test_edits_at_the_same_moment_both_count(
    design: Design, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "_write", Rival(design, guarded=True))
    services.choose(edit=Edit(design.id, 0), option="shade", value="brass")
    design.refresh_from_db()
    assert design.state["choices"] == {"base": "heavy", "shade": "brass"}
    assert design.revision == 2


def test_without_the_guard_an_edit_would_be_lost(
    design: Design, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the test above can fail."""
    monkeypatch.setattr(services, "_write", Rival(design, guarded=False))
    services.choose(edit=Edit(design.id, 0), option="shade", value="brass")
    design.refresh_from_db()
    assert design.state["choices"] == {"shade": "brass"}


def test_the_link_works_on_another_device(shop: Shop) -> None:
    shop.choose("shade", "brass")
    html = Client().get(f"/d/{shop.design.id}/").content.decode()
    assert 'aria-pressed="true"' in html
    assert f"http://testserver/d/{shop.design.id}/" in html

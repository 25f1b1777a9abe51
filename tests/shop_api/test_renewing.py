"""Placing artwork and moving to a newer release through the API."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from configurator.catalog.importing.service import import_product
from configurator.catalog.placements import placement_of
from configurator.catalog.queries import live_release
from configurator.wizard.models import Design
from tests.orders import kit
from tests.shop_api.conftest import BASE, Program, told
from tests.wizard.conftest import picture

SHORTER = ("maximum: 600", "maximum: 400")


def uploaded(program: Program) -> None:
    file = SimpleUploadedFile("a.png", picture(), "image/png")
    path = f"{BASE}/designs/{program.id}/files/print"
    answer: Any = program.client.post(path, {"file": file}, headers={"if-match": "*"})
    assert answer.status_code == 200, answer.content
    program.etag = answer["ETag"]


def test_artwork_is_placed(program: Program) -> None:
    program.begin()
    uploaded(program)
    placed = program.change("files/print/placement", "PUT", x=100, angle=-12, left=80, right=80)
    assert placed.status_code == 200, placed.content
    found = placement_of(Design.objects.get().state["files"]["print"])
    assert (found.x, found.angle, found.scale, found.left, found.right) == (100, -12, 100, 80, 10)
    assert program.change("undo").status_code == 200
    assert placement_of(Design.objects.get().state["files"]["print"]).x == 0


@pytest.mark.parametrize("wrong", [{"x": 9999}, {"scale": 0}, {"angle": "round"}, {"left": 1e99}])
def test_a_placement_that_there_is_not_is_refused(program: Program, wrong: Any) -> None:
    program.begin()
    uploaded(program)
    answer = program.change("files/print/placement", "PUT", **wrong)
    assert answer.status_code == 422
    assert told(answer)["field"] == next(iter(wrong))


def test_without_a_picture_there_is_nothing_to_place(program: Program) -> None:
    program.begin()
    for option in ("print", "shade", "nothing"):
        answer = program.change(f"files/{option}/placement", "PUT", x=1)
        assert answer.status_code == 422, answer.content
        assert told(answer)["detail"]


def test_a_design_moves_to_the_newer_release_as_it_was_told(
    program: Program, tmp_path: Path
) -> None:
    kit.import_lamp()
    design = kit.whole_design()
    program.id = str(design.pk)
    assert told(program.get(f"designs/{design.pk}/renewal")) == {
        **{"due": False, "mark": "", "declined": False, "moves": []},
        **{"price_before": "", "price_after": ""},
    }
    file = tmp_path / "lamp.yaml"
    file.write_text(kit.LAMP.read_text(encoding="utf-8").replace(*SHORTER), encoding="utf-8")
    import_product(file=file)
    newer = live_release("desk-lamp")
    asked = told(program.get(f"designs/{design.pk}/renewal"))
    assert asked["due"]
    assert [move["before"] for move in asked["moves"]] == ["450 mm"]
    wrong = program.send("POST", f"designs/{design.pk}/renew", {"mark": "another"})
    assert (wrong.status_code, told(wrong)["code"]) == (409, "changed")
    kept = program.send("POST", f"designs/{design.pk}/renew", {"keep": True})
    assert kept.status_code == 200
    assert told(program.get(f"designs/{design.pk}/renewal"))["declined"]
    moved = program.send("POST", f"designs/{design.pk}/renew", {"mark": asked["mark"]})
    assert told(moved)["release"] == newer.number
    again = program.send("POST", f"designs/{design.pk}/renew", {"mark": asked["mark"]})
    assert (again.status_code, told(again)["code"]) == (409, "nothing_there")

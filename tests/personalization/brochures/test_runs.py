"""Runs: who gets a brochure, once, whatever happens while they are drawn."""

import os
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pypdfium2
import pytest
from django.contrib.auth.models import User

from configurator.catalog.work import WARM
from configurator.sharing.models import Share
from configurator.wizard.models import OwnedDesign
from orders import jobs
from orders.models import Job
from orders.promo.models import PromoCode, Promotion
from personalization.brochures import filing, gathering, making, services, who
from personalization.brochures.card import drawing
from personalization.brochures.models import Brochure, Run
from personalization.brochures.press import sheets
from personalization.people import consent, joining
from personalization.people.models import Event, Person
from tests.orders import kit
from tests.personalization.brochures.conftest import BROCHURES, customer, with_design
from tests.work import work_off

pytestmark = pytest.mark.django_db
State, Why = Brochure.State, Brochure.Why


@pytest.fixture(autouse=True)
def shop(lamp: None) -> None:
    """The lamp is on sale in all of these."""


def begin(marketer: User, *people: Person, promotion: Promotion | None = None) -> Run:
    ids = [person.pk for person in people]
    return services.begin(key=uuid4(), by=marketer, title="Winter", people=ids, promotion=promotion)


def done(run: Run) -> Run:
    work_off("render")
    run.refresh_from_db()
    return run


def words(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    text = "".join(page.get_textpage().get_text_bounded() for page in pages)
    return "".join(text.split())


def sheets_of(run: Run) -> str:
    return words(filing.sheets(run.key).read_bytes())


def take_back(person: Person) -> None:
    consent.withdraw(person=person, **BROCHURES, where="/you/")


def test_everybody_gets_one_of_their_own_design(marketer: User) -> None:
    promotion = Promotion.objects.create(
        name_en="Winter", kind=Promotion.Kind.PERCENT, percent=Decimal(10)
    )
    people = [with_design(customer("Zofia Żółć"), "Night lamp"), customer("Ana Núñez")]
    run = done(begin(marketer, *people, promotion=promotion))
    assert run.state == Run.State.READY
    assert run.sheets["count"] == 2
    rows = list(run.brochures.select_related("code", "share"))
    assert [row.state for row in rows] == [State.DRAWN] * 2
    codes = [row.code.code for row in rows if row.code]
    assert len(set(codes)) == 2
    assert {code.limit for code in PromoCode.objects.all()} == {1}
    first, second = (words(filing.read(run.key, row.sha)) for row in rows)
    assert "ZofiaŻółć" in first
    assert "Nightlamp" in first
    assert "€133.23" in first or "€" in first
    assert codes[0] in first
    assert "10%off" in first
    assert codes[1] in second
    assert codes[0] not in second
    assert f"/b/{rows[0].token}/" in first
    assert rows[0].share == Share.objects.get()
    assert rows[1].share is None
    assert "ZofiaŻółć" in sheets_of(run)


def test_the_card_leads_to_the_first_design_alone_and_no_picture_of_it_is_made_ahead(
    marketer: User,
) -> None:
    ana = with_design(with_design(customer("Ana"), "First lamp"), "Second lamp")
    run = done(begin(marketer, ana))
    (row,) = run.brochures.select_related("share__design")
    assert row.share == Share.objects.get()
    latest = OwnedDesign.objects.order_by("design__updated_at").last()
    assert latest is not None
    assert row.share is not None
    assert row.share.design == latest.design
    assert [each["title"] for each in row.content["others"]] == ["First lamp"]
    assert not Job.objects.filter(kind=WARM).exists()


def test_people_read_together_are_as_each_alone_is(marketer: User) -> None:
    people = [with_design(with_design(customer(f"P {n}"), "A"), "B") for n in range(3)]
    guest = Person.objects.create()
    joining.join(person=guest, into=people[0], why="test")
    guests_own = kit.whole_design()
    Event.objects.create(person=guest, kind="chose", design=guests_own)
    people += [customer("Nobody", address="Nobody\nLong St 1"), guest]
    listed = [Person.objects.select_related("into__user", "user").get(pk=p.pk) for p in people]
    together = who.read(listed)
    assert together == [who.read([person])[0] for person in listed]
    assert [len(each.designs) for each in together] == [3, 2, 2, 0, 3]
    assert together[0].designs[0] == guests_own
    assert together[3].address() == ("Nobody", "Long St 1")


def test_a_person_counts_once(marketer: User) -> None:
    ana, guest = customer("Ana"), Person.objects.create()
    joining.join(person=guest, into=ana, why="test")
    run = services.begin(
        key=uuid4(), by=marketer, title="", people=[ana.pk, guest.pk, ana.pk, 10**9]
    )
    assert [row.person for row in run.brochures.all()] == [ana]


def test_the_same_form_begins_one_run(marketer: User) -> None:
    ana, key = customer("Ana"), uuid4()
    for _time in range(2):
        services.begin(key=key, by=marketer, title="", people=[ana.pk])
    assert Run.objects.count() == 1
    with pytest.raises(services.NotPossible):
        services.begin(key=uuid4(), by=marketer, title="", people=[])


def test_who_never_allowed_it_or_took_it_back_gets_none(marketer: User) -> None:
    ana, ben, eva = (customer(name, allows=name != "Ben") for name in ("Ana", "Ben", "Eva"))
    run = begin(marketer, ana, ben, eva)
    take_back(eva)
    done(run)
    assert list(run.brochures.values_list("state", "why")) == [
        (State.DRAWN, ""),
        (State.LEFT_OUT, Why.CONSENT),
        (State.LEFT_OUT, Why.CONSENT),
    ]
    assert len(list(filing.folder(run.key).rglob("*.pdf"))) == 2  # Ana's, and the sheets


def test_a_yes_taken_back_while_it_is_drawn_counts(marketer: User, monkeypatch: Any) -> None:
    ana, eva = customer("Ana"), customer("Eva")
    run = begin(marketer, ana, eva)
    draw = drawing.pdf

    def slowly(*args: Any) -> Any:
        take_back(eva)
        return draw(*args)

    monkeypatch.setattr(drawing, "pdf", slowly)
    making.plan(str(Job.objects.get(kind=services.PLAN).pk))
    making.draw(str(Job.objects.get(kind=services.DRAW).pk))
    assert list(run.brochures.values_list("why", flat=True)) == ["", Why.CONSENT]
    assert len(list(filing.folder(run.key).rglob("*.pdf"))) == 1
    done(run)
    assert run.sheets["count"] == 1
    assert "Eva" not in sheets_of(run)


def test_a_yes_taken_back_while_sheets_are_laid_counts(marketer: User, monkeypatch: Any) -> None:
    ana, eva = customer("Ana"), customer("Eva")
    run = begin(marketer, ana, eva)
    impose = sheets.impose
    laid: list[int] = []

    def slowly(*args: Any) -> Any:
        if not laid:
            take_back(eva)
        laid.append(args[1])
        return impose(*args)

    monkeypatch.setattr(sheets, "impose", slowly)
    work_off("render")
    Job.objects.filter(state=Job.State.DUE, kind=services.LAY).update(due_at=run.created_at)
    done(run)
    assert laid == [2, 1]
    assert run.sheets["count"] == 1
    assert "Eva" not in sheets_of(run)


def test_who_is_forgotten_while_sheets_are_laid_is_not_on_them(
    marketer: User, monkeypatch: Any
) -> None:
    """Their decisions are gone with them: nothing tells but that their brochure is missing."""
    eva, ana = customer("Eva"), customer("Ana")
    run = begin(marketer, ana, eva)
    impose = sheets.impose
    laid: list[int] = []

    def slowly(*args: Any) -> Any:
        done_now = impose(*args)
        if not laid:
            services.forget([eva])
            eva.delete()
        laid.append(args[1])
        return done_now

    monkeypatch.setattr(sheets, "impose", slowly)
    work_off("render")
    Job.objects.filter(state=Job.State.DUE, kind=services.LAY).update(due_at=run.created_at)
    done(run)
    assert laid == [2, 1]
    assert "Eva" not in sheets_of(run)


def test_many_are_asked_for_consent_as_each_alone_is(db: Any) -> None:
    people = [customer(str(n), allows=n % 2 == 0) for n in range(8)]
    take_back(people[2])
    consent.grant(person=people[3], **BROCHURES, where="/you/")
    joining.join(person=people[5], into=people[4], why="test")
    joining.join(person=people[6], into=people[7], why="test")
    everybody = list(Person.objects.select_related("into"))
    each = {person.pk for person in everybody if who.allows(person)}
    assert who.allowing(person.pk for person in everybody) == each
    assert 0 < len(each) < len(everybody)


# Faults


def test_a_killed_job_is_done_again_without_doubles(marketer: User, monkeypatch: Any) -> None:
    people = [with_design(customer(f"Person {n}")) for n in range(3)]
    run = begin(marketer, *people)
    making.plan(str(Job.objects.get(kind=services.PLAN).pk))
    job = str(Job.objects.get(kind=services.DRAW).pk)
    keep = filing.keep
    kept: list[str] = []

    class Killed(BaseException):
        pass

    def killed(*args: Any) -> str:
        if len(kept) == 2:
            raise Killed
        kept.append(keep(*args))
        return kept[-1]

    monkeypatch.setattr(filing, "keep", killed)
    with pytest.raises(Killed):
        making.draw(job)
    assert not run.brochures.exclude(state=State.WAITING).exists()
    monkeypatch.setattr(filing, "keep", keep)
    jobs.release_leases()
    assert making.draw(job)
    assert not making.draw(job)
    done(run)
    assert run.sheets["count"] == 3
    assert len(list(filing.folder(run.key).rglob("*.pdf"))) == 4
    assert Share.objects.count() == 3


def test_a_full_disk_leaves_nothing_half_and_goes_on(marketer: User, monkeypatch: Any) -> None:
    run = begin(marketer, customer("Ana"))
    making.plan(str(Job.objects.get(kind=services.PLAN).pk))
    job = str(Job.objects.get(kind=services.DRAW).pk)

    def full(_file: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert not making.draw(job)
    assert not [each for each in filing.folder(run.key).rglob("*") if each.is_file()]
    monkeypatch.undo()
    assert making.draw(job)


def test_what_cannot_be_drawn_hinders_no_other(marketer: User, monkeypatch: Any) -> None:
    run = begin(marketer, customer("Ana"), customer("Eva", address="Eva\n日本"), customer("Ida"))
    gather = gathering.gather

    def failing(somebody: who.Somebody, *args: Any) -> Any:
        if somebody.name == "Ida":
            raise KeyError("lost")
        return gather(somebody, *args)

    monkeypatch.setattr(gathering, "gather", failing)
    done(run)
    told = list(run.brochures.values_list("why", flat=True))
    assert told == ["", Why.ADDRESS, Why.FAILED]
    assert run.sheets["count"] == 1


def test_a_name_that_has_no_letters_in_our_fonts_is_left_out(marketer: User) -> None:
    run = done(begin(marketer, customer("张伟")))
    (row,) = run.brochures.all()
    assert (row.state, row.content["name"]) == (State.DRAWN, "")


# Paused, canceled, ended


def test_paused_nothing_is_drawn_and_resumed_the_rest_is(marketer: User) -> None:
    run = begin(marketer, customer("Ana"), customer("Eva"))
    making.plan(str(Job.objects.get(kind=services.PLAN).pk))
    services.pause(run)
    assert done(run).state == Run.State.PAUSED
    assert run.brochures.filter(state=State.WAITING).count() == 2
    services.resume(run)
    assert done(run).state == Run.State.READY
    with pytest.raises(services.NotPossible):
        services.pause(run)


def test_canceled_there_is_nothing_left(
    marketer: User, django_capture_on_commit_callbacks: Any
) -> None:
    promotion = Promotion.objects.create(
        name_en="Winter", kind=Promotion.Kind.PERCENT, percent=Decimal(10)
    )
    run = done(begin(marketer, customer("Ana"), promotion=promotion))
    with django_capture_on_commit_callbacks(execute=True):
        services.cancel(run)
    assert not filing.folder(run.key).exists()
    assert not PromoCode.objects.exists()
    assert not run.brochures.filter(revoked_at=None).exists()


def test_who_withdraws_later_is_left_out_of_new_sheets(marketer: User) -> None:
    ana, eva = customer("Ana"), customer("Eva")
    run = done(begin(marketer, ana, eva))
    take_back(eva)
    services.lay_again(run)
    done(run)
    assert run.sheets["count"] == 1
    assert "Eva" not in sheets_of(run)
    row = run.brochures.get(person=eva)
    assert (row.state, row.sha, row.content) == (State.LEFT_OUT, "", {})


def test_who_is_forgotten_is_in_no_file(marketer: User) -> None:
    ana, eva = customer("Ana"), customer("Eva")
    run = done(begin(marketer, ana, eva))
    services.forget([eva])
    assert not filing.sheets(run.key).exists()
    assert len(list(filing.folder(run.key).rglob("*.pdf"))) == 1


def test_files_end(marketer: User) -> None:
    run = done(begin(marketer, customer("Ana")))
    Job.objects.filter(kind=services.EXPIRE).update(due_at=run.created_at)
    work_off("render")
    assert not filing.folder(run.key).exists()
    assert run.brochures.get().content == {}

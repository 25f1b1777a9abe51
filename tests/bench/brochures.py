"""How long brochures take: each of one person's own design, then all of them laid on sheets.

    python -m tests.bench.brochures [brochures] [processes]

Needs the demo products in the database of DATA_DIR (`manage.py set_up --demo`). People, designs and
the run are written before; then the run's jobs are performed by so many processes (2), as that many
Celery workers would. All of it is taken back. Goal: 10,000 in ten minutes with two.
"""

# ruff: noqa: E402

import os
import random
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")

import django

django.setup()

from django.contrib.auth.models import User
from django.db import connection, transaction

from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import storefront
from configurator.engine.drawing import draw
from configurator.wizard.answers import completed
from configurator.wizard.models import Design, OwnedDesign
from orders.models import Job
from orders.promo.models import PromoCode, Promotion
from personalization.brochures import filing, making, services
from personalization.brochures.models import Brochure, Run
from personalization.people import wordings
from personalization.people.models import Contact, Decision, Person
from personalization.people.purposes import Channel, Purpose

BROCHURES, PROCESSES = 300, 2
GOAL = 10_000 / 600  # a second
MARK = "bench-brochures-"
FIRST = ("Zofia", "Núria", "Łukasz", "Ana", "Świętosława", "José Ángel", "Grażyna", "Iñigo")
LAST = ("Żółć", "Núñez Peña", "Wierzchosławska", "Ortiz", "Gżegżółka", "Muñoz", "Kowal", "Ibáñez")
AT_ONCE = 500


@transaction.atomic
def fill(count: int) -> list[int]:
    """People who allow brochures, each with a design that nobody else has."""
    lots = random.Random(7)
    numbers = range(count)
    User.objects.bulk_create(
        [
            User(
                username=f"{MARK}{n}",
                first_name=lots.choice(FIRST),
                last_name=f"{lots.choice(LAST)} {n}",
            )
            for n in numbers
        ],
        batch_size=AT_ONCE,
    )
    users = list(User.objects.filter(username__startswith=MARK).order_by("pk"))
    languages = ("en", "es", "pl")
    Person.objects.bulk_create(
        [Person(user=user, language=lots.choice(languages)) for user in users], batch_size=AT_ONCE
    )
    people = list(Person.objects.filter(user__in=users).order_by("pk"))
    said = wordings.current(Purpose.BROCHURES)
    kinds = {"purpose": Purpose.BROCHURES, "channel": Channel.PRINT, "granted": True}
    Decision.objects.bulk_create(
        [Decision(person=person, wording=said, **kinds) for person in people], batch_size=AT_ONCE
    )
    Contact.objects.bulk_create(
        [
            Contact(
                person=person,
                channel=Channel.PRINT,
                proven_at=person.created_at,
                address=f"{user.get_full_name()}\nul. Długa {n}\n31-{n % 900:03} Kraków",
            )
            for n, (person, user) in enumerate(zip(people, users, strict=True))
        ],
        batch_size=AT_ONCE,
    )
    designs(users, lots)
    return [person.pk for person in people]


def designs(users: list[User], lots: random.Random) -> None:
    """Drawn at random among all that can be built."""
    products = storefront()
    made = []
    for n, _user in enumerate(users):
        product = products[n % len(products)]
        state = Configuration(draw(product.space, lots.randrange(2**32), {}))
        whole = completed(product, state)
        made.append(Design(release_id=product.release_id, state=whole.to_json()))
    Design.objects.bulk_create(made, batch_size=AT_ONCE)
    owned = [OwnedDesign(user=u, design=d) for u, d in zip(users, made, strict=True)]
    OwnedDesign.objects.bulk_create(owned, batch_size=AT_ONCE)


def begin(people: list[int]) -> Run:
    """A run with a code for everybody."""
    promotion = Promotion.objects.create(name_en=MARK, kind=Promotion.Kind.PERCENT, percent=10)
    by = User.objects.filter(username__startswith=MARK)[0]
    return services.begin(key=uuid4(), by=by, title=MARK, people=people, promotion=promotion)


def chunk(job: str) -> None:
    making.draw(job)


def drawn(run: Run, processes: int) -> None:
    """Perform the run's jobs until its sheets are to be laid."""
    connection.close()
    jobs = Job.objects.filter(kind=services.DRAW, state=Job.State.DUE, payload__run=run.pk)
    ids = [str(pk) for pk in jobs.values_list("pk", flat=True)]
    connection.close()
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        for done in as_completed([pool.submit(chunk, job) for job in ids]):
            done.result()


def job_of(kind: str, run: Run) -> str:
    return str(Job.objects.get(kind=kind, state=Job.State.DUE, payload__run=run.pk).pk)


def clean(run: Run) -> None:
    """Take everything back."""
    services.cancel(run)
    Job.objects.filter(payload__run=run.pk).delete()
    promotion = run.promotion
    run.delete()
    PromoCode.objects.filter(promotion=promotion).delete()
    assert promotion is not None
    promotion.delete()
    users = User.objects.filter(username__startswith=MARK)
    found = Design.objects.filter(owned_by__user__in=users).values_list("pk", flat=True)
    ids = list(found)
    Person.objects.filter(user__in=users).delete()
    users.delete()
    for start in range(0, len(ids), AT_ONCE):
        Design.objects.filter(pk__in=ids[start : start + AT_ONCE]).delete()


def timed(what: str, count: int, work: object) -> float:
    begun, before = time.perf_counter(), processor()
    assert callable(work)
    work()
    taken, used = time.perf_counter() - begun, (processor() - before) / count * 1000
    scaled = taken / count * 10_000
    print(f"| {what} | {taken:.1f} | {taken / count * 1000:.1f} | {used:.1f} | {scaled:.0f} |")
    return taken


def processor() -> float:
    """Seconds of processor time, of this process and of those that have ended."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = [resource.getrusage(kind) for kind in kinds]
    return sum(each.ru_utime + each.ru_stime for each in used)


def main(count: int, processes: int) -> None:
    people = fill(count)
    print(f"{count} brochures by {processes} processes\n")
    print("| | s | ms each | of processor time, ms | s for 10,000 |\n|---|---|---|---|---|")
    run = begin(people)
    total = timed("plan: a code each", count, lambda: making.plan(job_of(services.PLAN, run)))
    total += timed("draw", count, lambda: drawn(run, processes))
    total += timed("lay on sheets", count, lambda: making.lay(job_of(services.LAY, run)))
    run.refresh_from_db()
    left = run.brochures.exclude(state=Brochure.State.DRAWN).count()
    size = filing.sheets(run.key).stat().st_size / 1e6
    each = sum(run.brochures.values_list("size", flat=True)) / count / 1e3
    print(f"| all | {total:.1f} | {total / count * 1000:.1f} | | {total / count * 10_000:.0f} |")
    print(f"\n{each:.0f} kB each, sheets {size:.0f} MB, {left} left out. Goal: 600 s for 10,000.")
    clean(run)


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    main(given[0] if given else BROCHURES, given[1] if len(given) > 1 else PROCESSES)

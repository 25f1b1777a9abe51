"""Server time of the pages on which a very large product is edited.

    python -m tests.bench.workspace [options] [choices]

Makes a product of 500 options with 200 choices each (and 300 rules) in the database of DATA_DIR,
asks for every page seven times over the whole stack, and prints the medians, in milliseconds,
of the time that passes and of the processor time, and how large the page is. The product is
deleted again.
"""

# ruff: noqa: E402

import os
import statistics
import sys
import time
from functools import partial
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")

import django

django.setup()

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from configurator.catalog.models import Choice, Option, Product, Revision, Rule, Step
from tests.catalog.test_tables import fields

OPTIONS, CHOICES, RULES, STEPS, TIMES = 500, 200, 300, 10, 7
SLUG = "bench-of-the-workspace"


def make(options: int, choices: int) -> Product:
    """The large product."""
    Product.objects.filter(slug=SLUG).delete()
    product = Product.objects.create(slug=SLUG, name="Bench", name_en="Bench")
    steps = [
        Step.objects.create(product=product, code=f"s{n}", name=f"Step {n}", position=n)
        for n in range(STEPS)
    ]
    rows = Option.objects.bulk_create(
        Option(
            product=product,
            step=steps[n * STEPS // options],
            code=f"o{n}",
            position=n,
            **texts(f"Option {n}"),
        )
        for n in range(options)
    )
    Choice.objects.bulk_create(
        (
            Choice(
                option=row,
                code=f"c{n}",
                position=n,
                price=str(n),
                attributes={"weight_g": n},
                **texts(f"Choice {n}"),
            )
            for row in rows
            for n in range(choices)
        ),
        batch_size=1000,
    )
    Rule.objects.bulk_create(
        Rule(product=product, code=f"r{n}", text=f"o{n} = c1 requires o{n + 1} != c2", position=n)
        for n in range(min(RULES, options - 1))
    )
    return product


def texts(name: str) -> dict[str, str]:
    return {"name": name, **{f"name_{code}": name for code in ("en", "es", "pl")}}


def pages(product: Product) -> dict[str, str]:
    option = product.options.all()[product.options.count() // 2]
    choice = option.choices.all()[0]
    rule = product.rules.all()[0]

    def of(name: str, *keys: Any) -> str:
        return reverse(f"admin:catalog_{name}", args=keys)

    return {
        "products": of("product_changelist"),
        "product": of("product_change", product.pk),
        "workspace": of("product_workspace", product.pk),
        "workspace, one unfolded": f"{of('product_workspace', product.pk)}?open={option.pk}",
        "choices, unfolded": of("product_choices", product.pk, option.pk),
        "rules, unfolded": of("product_list", product.pk, "rule"),
        "options as a table": of("product_options", product.pk),
        "choices as a table": of("option_table", option.pk),
        "option": of("option_change", option.pk),
        "new option": f"{of('option_add')}?product={product.pk}",
        "choice": of("choice_change", choice.pk),
        "rule": of("rule_change", rule.pk),
        "new rule": f"{of('rule_add')}?product={product.pk}",
        "history": of("product_history", product.pk),
        "delete an option": of("option_delete", option.pk),
    }


Times = list[tuple[float, float]]


def asked_as(name: str) -> dict[str, str]:
    return {"HX-Request": "true"} if "unfolded" in name and "one" not in name else {}


def clocked(ask: Any, before: Any = None) -> tuple[Times, Any]:
    """How long it takes, passed and worked, and the last answer; not counted what is `before`."""
    times: Times = []
    answer = None
    for _time in range(TIMES):
        if before:
            before()
        began = time.perf_counter(), time.process_time()
        answer = ask()
        passed, worked = time.perf_counter() - began[0], time.process_time() - began[1]
        times.append((passed * 1000, worked * 1000))
        assert answer.status_code in (200, 302), answer.content[:2000]
    return times, answer


def tell(name: str, times: Times, answer: Any) -> None:
    size = len(answer.content) / 1000
    passed, worked = (statistics.median(each) for each in zip(*times, strict=True))
    print(f"{name:<28} {passed:>7.0f} {worked:>7.0f} {size:>8.0f}")


def writes(client: Client, product: Product) -> None:
    """Moving, adding, and saving a table and a rule."""
    here = reverse("admin:catalog_product_workspace", args=[product.pk])
    htmx = {"HX-Request": "true"}
    option = product.options.all()[3]
    step = product.steps.all()[2]
    number = iter(range(1000))
    moved = {"down": f"option-{option.pk}"}
    tell("move an option", *clocked(lambda: client.post(here, moved, headers=htmx)))
    new = {"add": f"option-{step.pk}", "name": "New"}
    tell("add an option", *clocked(lambda: client.post(here, new, headers=htmx)))
    copied = {"duplicate": f"option-{option.pk}"}
    tell("duplicate an option", *clocked(lambda: client.post(here, copied, headers=htmx)))
    table = reverse("admin:catalog_option_table", args=[option.pk])

    sent: dict[str, Any] = {}

    def open_table() -> None:
        sent.update(fields(client.get(table).content).sent)

    def save_table() -> Any:
        return client.post(table, {**sent, "c0-price": str(next(number)), "save": "stay"})

    tell("save the table", *clocked(save_table, open_table))
    rule = product.rules.all()[1]
    form = {"product": product.pk, "code": rule.code, "kind": "condition", "position": "1"}
    save_rule = {**form, "text": "o7 = c1 requires o9 != c2 and o11 in {c1, c5}"}
    address = reverse("admin:catalog_rule_change", args=[rule.pk])
    tell("save a rule", *clocked(lambda: client.post(address, save_rule)))


def main() -> None:
    given = [int(each) for each in sys.argv[1:]]
    options, choices = [*given, *(OPTIONS, CHOICES)[len(given) :]][:2]
    product = make(options, choices)
    user = User.objects.create_superuser(f"{SLUG}-{os.getpid()}")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    try:
        print(f"{options} options, {choices} choices each\n")
        print(f"{'page':<28} {'passed':>7} {'worked':>7} {'kB':>8}")
        for name, address in pages(product).items():
            tell(name, *clocked(partial(client.get, address, headers=asked_as(name))))
        writes(client, product)
    finally:
        Revision.objects.filter(product_key=product.pk).delete()
        product.delete()
        user.delete()


if __name__ == "__main__":
    main()

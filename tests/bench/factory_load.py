"""How many minutes an average unit takes at each work center: `python -m tests.bench.factory_load`.

Prints a table a product: minutes with setup over random designs, what a center gets done a day
(stations × hours × efficiency), and how many units a day would fill it. Needs no database.
"""

import os
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from uuid import UUID

DESIGNS = 150
DEMO = Path("configurator/catalog/demo")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    for file in sorted(DEMO.glob("*/product.yaml")):
        if len(sys.argv) < 2 or file.parent.name in sys.argv[1:]:
            _print(file)


def _print(file: Path) -> None:
    from configurator.catalog.importing.loader import read_yaml
    from configurator.catalog.importing.normal import centers_of_file, content_of_file

    data = read_yaml(file).data
    minutes = _average(content_of_file(data, {}))
    print(f"\n{file.parent.name}: {sum(minutes.values()):.0f} minutes a unit")
    for center in centers_of_file(data):
        daily = _daily(center)
        used = minutes[center["code"]]
        full = f"{daily / used:6.1f}" if used else "     –"
        print(f"  {center['code']:12} {used:7.1f} min a unit {daily:7.0f} min a day {full} units")


def _average(content: dict[str, object]) -> dict[str, float]:
    """Minutes by work center, setup included, of a random design with texts of six letters."""
    from configurator.catalog.configuration import Configuration
    from configurator.catalog.released import ReleasedProduct
    from configurator.catalog.spaces import compile_content

    _compiled, space = compile_content(content)
    product = ReleasedProduct.load(UUID(int=0), 1, "", content, space)
    texts = {code: "Annika" for code, each in product.options.items() if each.kind == "text"}
    total: dict[str, float] = defaultdict(float)
    for seed in range(DESIGNS):
        for line in product.operations(Configuration(space.random(seed), texts)):
            total[line.work_center] += float(line.setup_minutes + line.run_minutes) / DESIGNS
    return total


def _daily(center: dict[str, object]) -> float:
    """What a center gets done on an average weekday."""
    from configurator.catalog.hours import read_hours

    week = read_hours(str(center["hours"] or "mon-fri 08:00-16:00"))
    hours = sum(stop - start for day in week for start, stop in day) / 5
    share = Decimal(str(center["efficiency"] or 100)) / 100
    return hours * int(str(center["stations"] or 1)) * float(share)


if __name__ == "__main__":
    main()

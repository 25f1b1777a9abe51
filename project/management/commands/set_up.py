"""`manage.py set_up`: makes a fresh data folder ready, or an old one up to date, in seconds."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from configurator.catalog.beginnings import is_begun, once
from configurator.catalog.models import Product
from configurator.shops.services import make_demo_shop
from configurator.wizard.preparing import prepare_pictures, prepare_spaces
from orders.factory.demo_stages import make_stages
from orders.promo.demo import make_demo_floor
from orders.selling.demo import make_demo_ways
from personalization.journeys.ready_made import make_demo_journeys
from personalization.marketing.results.keeping import keep_counting
from personalization.messages import limiting
from personalization.segments.learning import keep_learning
from personalization.slots.demo import make_demo_pages
from project import interface_texts, roles, static_files
from project.preflight import PreflightError, check_data_dir, check_database

DEMO_DIR = settings.BASE_DIR / "configurator" / "catalog" / "demo"


class Command(BaseCommand):
    help = "Set up the database, texts, static files and roles; with --demo also the demo."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--demo", action="store_true", help="also the demo products and the demo's people"
        )

        parser.add_argument(
            "--pictures",
            action="store_true",
            help="also cut out the products' pictures, which a server else does meanwhile",
        )

    def handle(self, *args: Any, demo: bool, pictures: bool, **options: Any) -> None:
        try:
            check_data_dir()
            check_database()
            with self._stage("database"):
                call_command("migrate", verbosity=0, interactive=False)
                call_command("createcachetable", verbosity=0)
                roles.make_groups()
                keep_learning()
                keep_counting()
                once("limits of messages", limiting.begin)
            with self._stage("texts and static files"):
                interface_texts.compile_all()
                static_files.collect()
            if demo:
                self._demo()
            prepare_spaces(self._stage)
            if pictures:
                prepare_pictures(self._stage)
        except PreflightError as error:
            raise CommandError(str(error)) from None
        except DatabaseError as error:
            raise CommandError(f"the database can't be set up: {_first_line(error)}") from None

    def _demo(self) -> None:
        roles.make_demo_people()
        once("demo: shop", make_demo_shop)
        once("demo: ways of shipping", make_demo_ways)
        once("demo: lowest prices", make_demo_floor)
        once("demo: pages", make_demo_pages)
        for path in sorted(DEMO_DIR.glob("*/product.yaml")):
            self._demo_product(path)
        once("demo: stages", make_stages)
        once("demo: journeys", make_demo_journeys)

    def _demo_product(self, path: Path) -> None:
        """Import it, unless it was there before: the firm may have taken it out of its catalog."""
        name = f"demo: product {path.parent.name}"
        if not _imported(path) and not is_begun(name):
            with self._stage(f"demo product {path.parent.name}"):
                call_command("import_product", str(path), verbosity=0)
        once(name, lambda: None)

    @contextmanager
    def _stage(self, name: str) -> Iterator[None]:
        """Names a stage as it begins, and says how long it took if that was noticeable."""
        self.stdout.write(f"  {name} … ", ending="")
        self.stdout.flush()
        start = time.monotonic()
        yield
        seconds = time.monotonic() - start
        self.stdout.write("done" if seconds < 1 else f"done in {seconds:.1f} s")


def _imported(path: Path) -> bool:
    """Whether the demo product stands in the catalog; an admin's edits to it are kept."""
    return Product.objects.filter(slug=path.parent.name, releases__live=True).exists()


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]

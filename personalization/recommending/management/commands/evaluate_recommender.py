"""`manage.py evaluate_recommender`: how well sales histories foretell what comes next."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from configurator.engine import EngineError
from configurator.engine.backend import open_space
from configurator.engine.formats import load_model
from personalization.recommending.histories import Histories, HistoryError, of_model, read_table
from personalization.recommending.protocol import Report, Score, evaluate

NAMED = 8
"""Columns that are named when they are passed over; of more the number is told."""


class Command(BaseCommand):
    help = (
        "Learn from one sales history and recommend the values of another, both ways: prints the "
        "success by the number of choices known, and the mean."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--model", type=Path, required=True, help="XCSP 2.1, UVL, DIMACS, YAML")
        parser.add_argument(
            "--history",
            type=Path,
            action="append",
            required=True,
            help="CSV, options in the first line; twice, once for each fold",
        )
        parser.add_argument("--seed", type=int, default=0, help="for the orders of the options")
        parser.add_argument("--cars", type=int, help="try so many of each fold instead of all")

    def handle(self, *args: Any, **options: Any) -> None:
        if len(options["history"]) != 2:
            raise CommandError("Two histories are needed: --history A.csv --history B.csv.")
        if options["seed"] < 0:
            raise CommandError("--seed is a whole number from 0.")
        if options["cars"] is not None and options["cars"] < 1:
            raise CommandError("--cars is a whole number from 1.")
        try:
            tables = [read_table(path) for path in options["history"]]
            model = load_model(options["model"])
            histories = of_model(model.variables, tables)
            opened = open_space(model)
            report = evaluate(opened.space, histories, seed=options["seed"], most=options["cars"])
        except (HistoryError, EngineError) as error:
            raise CommandError(str(error)) from None
        except KeyboardInterrupt:
            raise CommandError("Stopped.") from None
        if opened.reason:
            self.stdout.write(f"The model is searched, not compiled: {opened.reason}")
        self._notes(histories)
        self._table(report.success)
        self._summary(report, options["seed"])

    def _notes(self, histories: Histories) -> None:
        sizes = " and ".join(f"{len(codes):,}" for codes in histories.codes)
        self.stdout.write(f"{sizes} rows, {len(histories.columns)} options of the model")
        if histories.passed_over:
            names = _listed(histories.passed_over)
            self.stdout.write(f"Passed over, as the model has no such option: {names}")
        if histories.lacking:
            names = _listed(histories.lacking)
            self.stdout.write(f"Passed over, as only one history has it: {names}")
        if histories.unknown:
            self.stdout.write(
                f"{histories.unknown:,} cells have values that the model does not know"
            )

    def _table(self, score: Score) -> None:
        self.stdout.write("\nknown  success  recommendations")
        for known, (rate, made) in enumerate(zip(score.rates, score.made, strict=True)):
            if made:
                self.stdout.write(f"{known:5}  {rate:7.4f}  {made:15,}")

    def _summary(self, report: Report, seed: int) -> None:
        write = self.stdout.write
        folds = ", ".join(f"{mean:.4f}" for mean in report.folds)
        write(f"\nMean success: {report.success.mean:.4f} (folds {folds}; seed {seed})")
        write(f"Most popular of what is allowed, for comparison: {report.popular.mean:.4f}")
        foreign = report.cars - report.cars_allowed
        if foreign:
            write(
                f"The model allows {report.cars_allowed:,} of {report.cars:,} rows: success "
                f"{report.allowed.mean:.4f}. The others are of another version of it, and its "
                f"constraints are not asked: {report.foreign.mean:.4f}"
            )
            write(
                f"With the constraints asked of these, too: {report.asked.mean:.4f}; "
                f"without any constraints: {report.free.mean:.4f}"
            )
        write(f"Recommendations that the constraints forbid: {report.outside}")
        many = max(report.recommendations, 1)
        write(
            f"Time: {1000 * report.recommending / many:.4f} ms of the processor a recommendation "
            f"({1000 * report.elapsed / many:.4f} ms by the clock), and "
            f"{1000 * report.judging / many:.4f} ms for the question what is allowed; "
            f"learning {report.learning:.1f} s of the processor"
        )


def _listed(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more

"""`manage.py learn_likely`: learns anew who is likely to order and to leave; for a nightly run."""

from typing import Any

from django.core.management.base import BaseCommand

from personalization.segments.predicting import TooFew, train
from personalization.segments.words import SCORES


class Command(BaseCommand):
    help = "Learn who is likely to order and to leave, and tell how well that did."

    def handle(self, *args: Any, **options: Any) -> None:
        for name in SCORES:
            try:
                made = train(name)
            except TooFew:
                self.stdout.write(f"{name}: too little has happened to learn from")
                continue
            told = ", ".join(f"{key} {value:.3g}" for key, value in made.scores.items())
            self.stdout.write(f"{name}: {told}")
            for row in made.calibration:
                self.stdout.write("  told {told:.3f}  true {true:.3f}  of {people}".format(**row))

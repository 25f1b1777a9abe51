"""Wiring only: settings, addresses, Celery, health and the `dev` command."""

import os

# Sums of this size are done before a second thread has begun; before numpy is read, which is later.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from project.celery import app as celery_app

__all__ = ["celery_app"]

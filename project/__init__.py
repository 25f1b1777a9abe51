"""Wiring only: settings, addresses, Celery, health and the `dev` command."""

from project.celery import app as celery_app

__all__ = ["celery_app"]

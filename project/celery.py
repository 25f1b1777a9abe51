"""The Celery application. Tasks take the id of a job row; see orders/jobs.py for why."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")

app = Celery("customerize")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

"""The Celery application. Tasks take the id of a job row; see orders/jobs.py for why."""

import os

from celery import Celery
from kombu import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")

app = Celery("customerize")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    # A worker consumes all of them unless it is told which with -Q.
    task_queues=[
        Queue("factory"),
        Queue("render"),
        Queue("mail"),
        Queue("hooks"),
        Queue("publish"),
        Queue("examine"),
    ],
    # A prefork worker ends a task that hangs before Redis hands it out again (visibility timeout).
    task_time_limit=100,
    task_soft_time_limit=90,
    # Workers wait for a broker that is away, however long.
    broker_connection_max_retries=None,
    broker_channel_error_retry=True,
    # A running task goes on when the connection drops; a second run would find its row done.
    worker_cancel_long_running_tasks_on_connection_loss=False,
)
app.autodiscover_tasks()

"""Jobs performed at once, as a worker would."""

from celery import current_app
from django.utils import timezone

from orders.models import Job


def work_off(queue: str = "publish") -> int:
    """Perform what is due in a queue until nothing is; how many jobs were begun."""
    current_app.loader.import_default_modules()
    begun = 0
    while jobs := list(
        Job.objects.filter(queue=queue, state=Job.State.DUE, due_at__lte=timezone.now())
    ):
        for job in jobs:
            current_app.tasks[job.kind](str(job.pk))
            begun += 1
    return begun


def work_off_all() -> int:
    """Perform what the catalog asks for, examinations as if their moment had come."""
    Job.objects.filter(queue="examine", state=Job.State.DUE).update(due_at=timezone.now())
    return work_off() + work_off("examine")

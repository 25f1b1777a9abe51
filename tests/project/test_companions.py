"""What the `dev` command runs beside the web."""

import subprocess
import sys

SCRIPT = """
import django
django.setup()
from project import companions
from project.celery import app
seen = []
known = lambda thread: seen.append("factory.render_build_sheet" in app.tasks)
companions.threading.Thread.start = known
companions.jobs.release_leases = lambda: None
companions.Companions().start()
assert len(seen) > 3 and all(seen), seen
"""


def test_all_tasks_are_known_before_any_thread_runs() -> None:
    """Else a worker that begins first throws away what it does not know yet."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr

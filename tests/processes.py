"""How the files of tests are shared out to processes: the slow ones first, and in one place.

A browser's shop, PostgreSQL and the houses of the chaos tests are set up once a process, so their
files stay together; they begin, while everything else goes to whoever is free.
"""

from typing import Any

import pytest

TOGETHER = (
    ("tests/e2e/",),
    ("tests/chaos/", "tests/changes/test_crowd.py", "tests/factory/test_crowd.py"),
)
EARLY = ("tests/project/test_access.py", "tests/factory/", "tests/catalog/", "tests/changes/")


def group_of(nodeid: str) -> str:
    """What one process runs from its beginning to its end: a file, or files that share servers."""
    for group in TOGETHER:
        if nodeid.startswith(group):
            return group[0]
    return nodeid.split("::", 1)[0]


def place_of(nodeid: str) -> int:
    """The place of a test's group in the run."""
    places = *(group[0] for group in TOGETHER), *EARLY
    group = group_of(nodeid)
    return next((n for n, start in enumerate(places) if group.startswith(start)), len(places))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The long ones first in each of several processes: who begins with them last is waited for."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: place_of(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """`--dist loadfile` with files that belong together."""
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class Together(LoadFileScheduling):  # type: ignore[misc]  # xdist tells no types
        def _split_scope(self, nodeid: str) -> str:
            return group_of(nodeid)

    config.option.loadscopereorder = False
    return Together(config, log)

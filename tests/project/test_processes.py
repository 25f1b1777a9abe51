"""What decides how tests are run is in effect: a folder of its name would hide a module."""

from pathlib import Path
from typing import Any

import pytest

from tests import conftest

SHARED = "tests/e2e/test_bench.py::test_a", "tests/e2e/test_camera.py::test_b"


@pytest.mark.parametrize("name", conftest.pytest_plugins)
def test_a_plugin_is_the_module_of_its_name(name: str, pytestconfig: pytest.Config) -> None:
    plugin: Any = pytestconfig.pluginmanager.get_plugin(name)
    assert Path(plugin.__file__).name == f"{name.rpartition('.')[2]}.py"


def test_files_that_share_servers_are_run_by_one_process(pytestconfig: pytest.Config) -> None:
    plugin: Any = pytestconfig.pluginmanager.get_plugin("tests.processes")
    assert len({plugin.group_of(nodeid) for nodeid in SHARED}) == 1
    assert pytestconfig.hook.pytest_xdist_make_scheduler.get_hookimpls()[-1].plugin is plugin

"""Fixtures: houses on SQLite, on PostgreSQL, with Redis; each is set up once a session, and copied.

All tests have them, and share them, by tests/conftest.py.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.chaos.house import House, house
from tests.missing import missing
from tests.servers import Missing, PostgresServer, RedisServer


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a house that is set up, on SQLite."""
    folder = tmp_path_factory.mktemp("template")
    House(folder).hands("set_up")
    return folder


@pytest.fixture
def on_sqlite(template: Path, tmp_path: Path) -> Iterator[House]:
    with house(template, tmp_path) as built:
        yield built


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    try:
        with PostgresServer() as server:
            yield server
    except Missing as absent:
        missing(str(absent))


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    try:
        with RedisServer() as server:
            yield server
    except Missing as absent:
        missing(str(absent))


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a house that is set up in the server's database "customerize"."""
    folder = tmp_path_factory.mktemp("postgres-template")
    House(folder, {"DATABASE_URL": postgres.url}).hands("set_up")
    return folder


@pytest.fixture
def new_database(postgres: PostgresServer, postgres_template: Path) -> Callable[[str], str]:
    """Copies the database that is set up; gives the copy's address."""

    def copy(name: str) -> str:
        maintenance = postgres.url.replace("/customerize", "/postgres")
        with psycopg.connect(maintenance, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE customerize")
        return postgres.url.replace("/customerize", f"/{name}")

    return copy


@pytest.fixture
def on_postgres(
    postgres_template: Path, new_database: Callable[[str], str], tmp_path: Path
) -> Iterator[House]:
    url = new_database(f"house_{tmp_path.name.replace('-', '_')}".lower()[:60])
    with house(postgres_template, tmp_path, DATABASE_URL=url) as built:
        yield built

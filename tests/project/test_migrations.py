"""Tests make their tables from the models; that the migrations make the same ones is tested here,
and in the shops that the commands of the README set up."""

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_the_migrations_are_those_of_the_models() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)

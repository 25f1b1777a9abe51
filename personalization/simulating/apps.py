"""The app; it has no rows of its own."""

from django.apps import AppConfig


class SimulatingConfig(AppConfig):
    name = "personalization.simulating"
    label = "simulating"

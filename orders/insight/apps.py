"""The app."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "orders.insight"
    label = "insight"

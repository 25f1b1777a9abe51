from django.apps import AppConfig


class CapacityConfig(AppConfig):
    name = "configurator.capacity"
    label = "capacity"

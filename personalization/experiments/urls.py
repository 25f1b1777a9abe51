"""Addresses below `/marketing/experiments/`."""

from django.urls import URLPattern, path

from personalization.experiments import views

app_name = "experiments"
urlpatterns: list[URLPattern] = [
    path("", views.listed, name="list"),
    path("new/", views.planned, name="new"),
    path("hold-out/", views.hold_out, name="hold_out"),
    path("<int:pk>/", views.experiment, name="experiment"),
    path("<int:pk>/plan/", views.changed, name="plan"),
    path("<int:pk>/start/", views.start, name="start"),
    path("<int:pk>/stop/", views.stop, name="stop"),
]

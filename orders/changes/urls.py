"""Addresses under an order's own, so whoever has that may change it."""

from django.urls import URLPattern, path

from orders.changes import views

app_name = "changes"
urlpatterns: list[URLPattern] = [
    path("o/<str:token>/cancel/", views.cancel, name="cancel"),
    path("o/<str:token>/<int:n>/change/", views.change, name="change"),
    path("o/<str:token>/<int:n>/change/begin/", views.begin, name="begin"),
    path("o/<str:token>/<int:n>/change/accept/", views.accept, name="accept"),
    path("o/<str:token>/<int:n>/change/withdraw/", views.withdraw, name="withdraw"),
]

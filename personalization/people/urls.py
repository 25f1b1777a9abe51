"""A customer's own pages about what they allow."""

from django.urls import URLPattern, path

from personalization.people import views

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("", views.you, name="you"),
    path("decide/", views.decide, name="decide"),
    path("exchange/<slug:exchange>/", views.exchange, name="exchange"),
    path("reach/", views.reach, name="reach"),
    path("mailed/<str:proof>/", views.mailed, name="mailed"),
    path("leave/<str:proof>/", views.leave, name="leave"),
]

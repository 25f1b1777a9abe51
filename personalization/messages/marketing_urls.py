"""Addresses below `/marketing/messages/`."""

from django.urls import URLPattern, path

from personalization.messages import marketing_views as views

app_name = "messages_room"
urlpatterns: list[URLPattern] = [
    path("", views.listed, name="list"),
    path("quiet/", views.quiet, name="quiet"),
    path("limit/", views.limit, name="limit"),
    path("limit/<int:pk>/remove/", views.unlimit, name="unlimit"),
    path("<int:pk>/", views.message, name="message"),
    path("letters.pdf", views.letters, name="letters"),
    path("<int:pk>/letter.pdf", views.letter, name="letter"),
    path("<int:pk>/mail/", views.mail, name="mail"),
]

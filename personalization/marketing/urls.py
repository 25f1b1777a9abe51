"""The room's own pages; other apps bring theirs below `marketing/`, too (project/urls.py)."""

from django.urls import URLPattern, path

from personalization.marketing.views import people

app_name = "marketing"
urlpatterns: list[URLPattern] = [
    path("people/", people.listed, name="people"),
    path("people/<uuid:person_key>/", people.person, name="person"),
]

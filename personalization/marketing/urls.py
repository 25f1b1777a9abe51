"""The room's own pages; other apps bring theirs below `marketing/`, too (project/urls.py)."""

from django.urls import URLPattern, path

from personalization.marketing.views import people, results, segments

app_name = "marketing"
urlpatterns: list[URLPattern] = [
    path("", results.results, name="results"),
    path("results/<slug:result>.csv", results.download, {"suffix": "csv"}, name="results_csv"),
    path("results/<slug:result>.xlsx", results.download, {"suffix": "xlsx"}, name="results_xlsx"),
    path("people/", people.listed, name="people"),
    path("people/<uuid:person_key>/", people.person, name="person"),
    path("segments/", segments.listed, name="segments"),
    path("segments/new/", segments.edit, name="new_segment"),
    path("segments/count/", segments.count, name="count_segment"),
    path("segments/<slug:segment>/", segments.edit, name="segment"),
    path("segments/<slug:segment>/people/", segments.listing, name="list_segment"),
    path("segments/<slug:segment>/remove/", segments.remove, name="remove_segment"),
]

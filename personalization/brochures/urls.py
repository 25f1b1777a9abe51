"""Brochures: the marketer's pages, and where the printed codes lead."""

from django.urls import path

from personalization.brochures import card_views, file_views, views

app_name = "brochures"
urlpatterns = [
    path("marketing/brochures/", views.runs, name="runs"),
    path("marketing/brochures/look/", views.look, name="look"),
    path(
        "marketing/brochures/look/<uuid:person_key>/<int:side>.png", views.picture, name="picture"
    ),
    path("marketing/brochures/<uuid:run_key>/", views.run, name="run"),
    path("marketing/brochures/<uuid:run_key>/<slug:move>/do/", views.move_on, name="move"),
    path("marketing/brochures/<uuid:run_key>/sheets.pdf", file_views.sheets, name="sheets"),
    path("marketing/brochures/<uuid:run_key>/brochures.zip", file_views.archive, name="archive"),
    path("marketing/brochures/<uuid:run_key>/manifest.csv", file_views.manifest, name="manifest"),
    path("marketing/brochures/<uuid:run_key>/<int:number>.pdf", file_views.single, name="single"),
    path("b/<str:card>/", card_views.open_card, name="card"),
    path("b/<str:card>/stop/", card_views.stop, name="stop"),
]

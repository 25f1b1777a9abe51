"""Customers' addresses."""

from django.urls import URLPattern, path

from personalization.dialogue import idea_views, views

app_name = "dialogue"
urlpatterns: list[URLPattern] = [
    path("p/<slug:slug>/question/", views.ask_product, name="ask_product"),
    path("d/<uuid:design_id>/question/", views.ask_design, name="ask_design"),
    path("o/<str:token>/<int:n>/question/", views.ask_order, name="ask_order"),
    path("o/<str:token>/<int:n>/voice/choices/", views.like_choices, name="like_choices"),
    path("p/<slug:slug>/said/", views.said, name="said"),
    path("talk/<str:token>/", views.talk, name="talk"),
    path("talk/<str:token>/delete/", views.take_back, name="take_back"),
    path("talk/<str:token>/quiet/", views.quiet, name="quiet"),
    path("p/<slug:slug>/ideas/", idea_views.page, name="ideas"),
    path("ideas/<uuid:idea_id>/vote/", idea_views.vote, name="vote"),
    path("ideas/<str:token>/quiet/", idea_views.quiet, name="quiet_idea"),
]

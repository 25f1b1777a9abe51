"""Addresses below `/marketing/journeys/`."""

from django.urls import URLPattern, path

from personalization.journeys.views import reading, standing, trying, writing

app_name = "journeys"
urlpatterns: list[URLPattern] = [
    path("", reading.listed, name="list"),
    path("new/", writing.begun, name="new"),
    path("<slug:journey>/", reading.shown, name="journey"),
    path("<slug:journey>/settings/", writing.settings, name="settings"),
    path("<slug:journey>/people/", standing.people, name="people"),
    path("<slug:journey>/people/<int:pk>/take-out/", standing.take_out, name="take_out"),
    path("<slug:journey>/do/", writing.do, name="do"),
    path("<slug:journey>/try/", trying.tried, name="try"),
    path("<slug:journey>/try/<slug:step_id>/", trying.mail, name="try_mail"),
    path("<slug:journey>/steps/", writing.add, name="add"),
    path("<slug:journey>/steps/<slug:step_id>/", writing.step, name="step"),
    path("<slug:journey>/steps/<slug:step_id>/act/", writing.act, name="act"),
]

"""Addresses of the customer's pages."""

from django.urls import URLPattern, path

from configurator.wizard.views import (
    actions,
    comparing,
    files,
    guiding,
    looking,
    measuring,
    pages,
    pictures,
    placing,
    playing,
    renewing,
)

app_name = "wizard"
urlpatterns: list[URLPattern] = [
    path("", pages.home, name="home"),
    path("measures/", measuring.measure, name="measures"),
    path("country/", measuring.choose_country, name="country"),
    path("currency/", measuring.choose_currency, name="currency"),
    path("p/<slug:slug>/", pages.product, name="product"),
    path("p/<slug:slug>/start/", pages.start, name="start"),
    path(
        "p/<slug:slug>/<int:number>/picture.<str:suffix>",
        pictures.product_picture,
        name="product_picture",
    ),
    path(
        "p/<slug:slug>/<int:number>/designs/<slug:code>.<str:suffix>",
        pictures.inspiration_picture,
        name="inspiration_picture",
    ),
    path(
        "p/<slug:slug>/<int:number>/values/<slug:option>/<str:value>.webp",
        pictures.value_picture,
        name="value_picture",
    ),
    path("p/<slug:slug>/guide/", guiding.guide, name="guide"),
    path("p/<slug:slug>/compare/", comparing.compare, name="compare"),
    path("p/<slug:slug>/guide/<slug:kind>.webp", guiding.guide_picture, name="guide_picture"),
    path("d/<uuid:design_id>/", pages.design, name="design"),
    path("d/<uuid:design_id>/choose/", actions.choose, name="choose"),
    path("d/<uuid:design_id>/text/", actions.text, name="text"),
    path("d/<uuid:design_id>/file/", files.upload, name="file"),
    path("d/<uuid:design_id>/look/", looking.look, name="look"),
    path("d/<uuid:design_id>/look/picture.<str:suffix>", looking.picture, name="look_picture"),
    path("d/<uuid:design_id>/place/", placing.place, name="place"),
    path("d/<uuid:design_id>/artwork/<slug:option>/", files.artwork, name="artwork"),
    path("d/<uuid:design_id>/clear/", actions.clear, name="clear"),
    path("d/<uuid:design_id>/limit/", actions.limit, name="limit"),
    path("d/<uuid:design_id>/undo/", actions.undo, name="undo"),
    path("d/<uuid:design_id>/redo/", actions.redo, name="redo"),
    path("d/<uuid:design_id>/record/", actions.record, name="record"),
    path("d/<uuid:design_id>/renew/", renewing.renew, name="renew"),
    path("d/<uuid:design_id>/finish/", actions.finish, name="finish"),
    path("d/<uuid:design_id>/surprise/", playing.surprise, name="surprise"),
    path("d/<uuid:design_id>/history/", playing.history, name="history"),
    path("d/<uuid:design_id>/restore/", playing.restore, name="restore"),
    path("d/<uuid:design_id>/ask/", pages.ask, name="ask"),
    path(
        "d/<uuid:design_id>/picture/<int:revision>.<str:suffix>",
        pictures.design_picture,
        name="picture",
    ),
]

"""Addresses of shared designs."""

from django.urls import URLPattern, path

from configurator.sharing.views import friends, gallery, shares

app_name = "sharing"
urlpatterns: list[URLPattern] = [
    path("gallery/", gallery.show, name="gallery"),
    path("s/<str:link>/like/", gallery.like, name="like"),
    path("s/<str:link>/report/", gallery.report, name="report"),
    path("d/<uuid:design_id>/share/gallery/", gallery.submit, name="submit"),
    path("d/<uuid:design_id>/share/gallery/withdraw/", gallery.withdraw, name="withdraw"),
    path("s/<str:link>/", shares.shared, name="shared"),
    path("s/<str:link>/picture.<str:suffix>", shares.picture, name="picture"),
    path("s/<str:link>/card.jpg", shares.card, name="card"),
    path("s/<str:link>/code.svg", shares.code, name="code"),
    path("s/<str:link>/mine/", shares.remix, name="remix"),
    path("d/<uuid:design_id>/share/", shares.sharing, name="sharing"),
    path("d/<uuid:design_id>/share/link/", shares.share, name="share"),
    path("d/<uuid:design_id>/share/friends/", friends.invite, name="invite"),
    path(
        "d/<uuid:design_id>/share/friends/<uuid:invitation>/end/",
        friends.disinvite,
        name="disinvite",
    ),
    path("d/<uuid:design_id>/together/", friends.together, name="together"),
    path("with/<uuid:invitation>/", friends.join, name="join"),
    path("d/<uuid:design_id>/share/<str:link>/end/", shares.end, name="end"),
]

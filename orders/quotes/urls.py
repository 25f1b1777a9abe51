from django.urls import URLPattern, path

from orders.quotes import views

app_name = "quotes"
urlpatterns: list[URLPattern] = [
    path("d/<uuid:design_id>/quote/", views.ask, name="ask"),
    path("cart/quote/", views.ask_for_cart, name="ask_for_cart"),
    path("q/<str:token>/", views.quote, name="quote"),
    path("q/<str:token>/quote.pdf", views.paper, name="paper"),
    path("q/<str:token>/picture/<int:n>.jpg", views.picture, name="picture"),
    path("q/<str:token>/accept/", views.accept, name="accept"),
    path("q/<str:token>/decline/", views.decline, name="decline"),
    path("q/<str:token>/again/", views.again, name="again"),
]

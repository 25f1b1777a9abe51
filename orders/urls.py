from django.urls import URLPattern, path

from orders import views

app_name = "orders"
urlpatterns: list[URLPattern] = [
    path("d/<uuid:design_id>/review/", views.review, name="review"),
    path("d/<uuid:design_id>/review/finish/", views.finish, name="finish"),
    path("d/<uuid:design_id>/order/", views.place, name="place"),
    path("o/<str:token>/", views.order, name="order"),
    path("o/<str:token>/confirmation.pdf", views.confirmation, name="confirmation"),
    path("o/<str:token>/picture/<int:n>.jpg", views.picture, name="picture"),
    path("terms/", views.terms_page, name="terms"),
]

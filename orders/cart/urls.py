from django.urls import URLPattern, path

from orders.cart import views

app_name = "cart"
urlpatterns: list[URLPattern] = [
    path("cart/", views.page, name="page"),
    path("cart/add/<uuid:design_id>/", views.add, name="add"),
    path("cart/country/", views.deliver_to, name="country"),
    path("cart/agree/", views.agree, name="agree"),
    path("cart/checkout/", views.check_out, name="checkout"),
    path("cart/<uuid:item_id>/", views.change, name="change"),
    *(
        path(f"cart/<uuid:item_id>/{what}/", views.move, {"what": what}, name=what)
        for what in ("remove", "restore", "later", "now", "duplicate")
    ),
]

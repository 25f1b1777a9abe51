"""The factory's pages, under /factory/."""

from django.urls import path

from orders.factory import artwork_views, move_views, print_views, showing_views, views
from orders.factory.bench import views as bench
from orders.factory.board import views as board
from orders.factory.figures import views as figures
from orders.factory.machine import WORK_ORDER

app_name = "factory"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("scan/", views.scan, name="scan"),
    path("print/", print_views.print_papers, name="print"),
    path("print/<uuid:batch>/", print_views.batch, name="print_batch"),
    path("print/<uuid:batch>/again/", print_views.again, name="print_again"),
    path("print/<uuid:batch>/<str:file>", print_views.file_of, name="print_file"),
    path("plan/", board.board, name="board"),
    path("plan/history/", board.plan_history, name="plan_history"),
    path("plan/change/", board.change, name="replan"),
    path("figures/", figures.figures, name="figures"),
    path("figures/<slug:table>.csv", figures.download, {"suffix": "csv"}, name="figures_csv"),
    path("figures/<slug:table>.xlsx", figures.download, {"suffix": "xlsx"}, name="figures_xlsx"),
    path("bench/", bench.bench, name="bench"),
    path("bench/station/", bench.choose_station, name="station"),
    path("bench/scan/", bench.scan, name="bench_scan"),
    path("bench/<str:number>/", bench.unit, name="unit"),
    path(
        "bench/<str:number>/<str:code>/<int:n>.jpg",
        bench.operation_picture,
        name="operation_picture",
    ),
    path("bench/<str:number>/<str:code>/<slug:event>/", bench.tap, name="tap"),
    path("<str:number>/", views.work_order, name="work_order"),
    *(
        path(
            f"<str:number>/{event}/",
            move_views.lead_move if rule.lead else move_views.move,
            {"event": event},
            name=event,
        )
        for event, rule in WORK_ORDER.items()
    ),
    path("<str:number>/customer/", showing_views.customer_page, name="customer"),
    path("<str:number>/customer/parcel/", showing_views.parcel, name="parcel"),
    path(
        "<str:number>/customer/<int:photo>/withdraw/", showing_views.withdraw, name="withdraw_photo"
    ),
    path("<str:number>/history/", move_views.history, name="history"),
    path("<str:number>/photos/<str:sha>.jpg", move_views.photo, name="photo"),
    path("<str:number>/artwork/<slug:option>/<slug:kind>/", artwork_views.artwork, name="artwork"),
    path("<str:number>/picture.jpg", views.picture, name="picture"),
    path("<str:number>/sheet.<str:size>.pdf", views.paper, name="paper"),
    path("<str:number>/change.<str:size>.pdf", views.change_sheet, name="change_sheet"),
]

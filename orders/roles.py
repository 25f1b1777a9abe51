"""What people may see of orders, as "app_label.codename"; who is who is set up in project/roles.py.

Nobody but a superuser sees whom an order is for: see CONTACT in admin.py.
"""

FACTORY_LEAD_PERMISSIONS = (
    "orders.view_order",
    "orders.view_orderline",
    "orders.return_orderline",
    "orders.view_specification",
    "orders.view_job",
    "orders.retry_job",
    "orders.view_paper",
)

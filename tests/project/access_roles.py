"""Roles, methods, and what a rule of access says."""

from dataclasses import dataclass

GUEST, CUSTOMER, SUPERUSER = "guest", "customer", "superuser"
OPERATOR, LEAD, CATALOG, MARKETER = (
    *("factory operator", "factory lead"),
    *("catalog admin", "marketer"),
)
EVERYBODY = (GUEST, CUSTOMER, OPERATOR, LEAD, CATALOG, MARKETER, SUPERUSER)
METHODS = ("get", "head", "post", "put", "patch", "delete")
SENDING = ("post",)
READ, SEND = frozenset({"get", "head"}), frozenset({"post"})
FACTORY = frozenset({OPERATOR, LEAD, SUPERUSER})
LEADS = frozenset({LEAD, SUPERUSER})
ADMIN = frozenset({LEAD, CATALOG, MARKETER, SUPERUSER})
ROOT = frozenset({SUPERUSER})
MARKETERS = frozenset({MARKETER, SUPERUSER})
ANYBODY = frozenset(EVERYBODY)
SIGNED_IN = ANYBODY - {GUEST}


@dataclass(frozen=True)
class Rule:
    """Who is answered at the addresses that match, and by which methods (else: 405)."""

    address: str  # a regular expression of the whole route
    who: frozenset[str]
    methods: frozenset[str]


OBJECT = r"<path:object_id>/"
CATALOG_ROWS = (
    r"(step|option|rule|pricerule|part|operation|layer|workcenter|designcase|inspiration)"
)
ANY_METHOD = frozenset(METHODS)  # the admin's pages, which look at POST alone

"""The four kinds of staff, what each may do, and the people of the demo.

Permissions are named by the rooms that own them (`roles.py` in each); here they become groups.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.contrib.auth.models import Group, Permission, User
from django.db import transaction

from configurator.capacity.roles import CAPACITY_PERMISSIONS
from configurator.catalog.beginnings import once
from configurator.catalog.roles import CATALOG_ADMIN_PERMISSIONS
from configurator.sharing.roles import MODERATING_PERMISSIONS
from configurator.shops.roles import SHOP_PERMISSIONS
from orders.factory.roles import LEAD_PERMISSIONS, OPERATOR_PERMISSIONS
from orders.promo.roles import PROMO_PERMISSIONS
from orders.roles import FACTORY_LEAD_PERMISSIONS
from orders.selling.roles import SELLING_PERMISSIONS
from personalization.brochures.roles import BROCHURE_PERMISSIONS
from personalization.dialogue.roles import ANSWERING_PERMISSIONS, CATALOG_PERMISSIONS
from personalization.experiments.roles import EXPERIMENT_PERMISSIONS
from personalization.feeds.roles import FEED_PERMISSIONS
from personalization.journeys.roles import JOURNEY_PERMISSIONS
from personalization.messages.roles import MESSAGE_PERMISSIONS
from personalization.offering.roles import OFFER_PERMISSIONS
from personalization.people.roles import PEOPLE_PERMISSIONS
from personalization.segments.roles import SEGMENT_PERMISSIONS
from personalization.slots.roles import SLOT_PERMISSIONS

DEMO_PASSWORD = "build-exactly-that"


@dataclass(frozen=True)
class Role:
    """A group, whether its people enter the admin, and the demo's person in it."""

    group: str
    admin_site: bool
    permissions: tuple[str, ...]  # "app_label.codename"
    demo_user: str


ROLES = (
    Role(
        "catalog admin",
        True,
        (*CATALOG_ADMIN_PERMISSIONS, *SELLING_PERMISSIONS, *CATALOG_PERMISSIONS),
        "catalog",
    ),
    Role("factory operator", False, tuple(OPERATOR_PERMISSIONS), "operator"),
    Role(
        "factory lead",
        True,
        (*LEAD_PERMISSIONS, *FACTORY_LEAD_PERMISSIONS, *CAPACITY_PERMISSIONS),
        "lead",
    ),
    Role(
        "marketer",
        True,
        (
            *("catalog.view_product", "catalog.view_release"),
            *SHOP_PERMISSIONS,
            *MODERATING_PERMISSIONS,
            *PROMO_PERMISSIONS,
            *BROCHURE_PERMISSIONS,
            *FEED_PERMISSIONS,
            *MESSAGE_PERMISSIONS,
            *PEOPLE_PERMISSIONS,
            *SEGMENT_PERMISSIONS,
            *("voices.view_voice", "voices.change_voice"),
            *ANSWERING_PERMISSIONS,
            *EXPERIMENT_PERMISSIONS,
            *SLOT_PERMISSIONS,
            *JOURNEY_PERMISSIONS,
            *OFFER_PERMISSIONS,
        ),
        "marketer",
    ),
)


@transaction.atomic
def make_groups() -> None:
    """Create the groups and bring their permissions up to date."""
    for role in ROLES:
        group, _ = Group.objects.get_or_create(name=role.group)
        group.permissions.set(_permissions(role.permissions))


@transaction.atomic
def make_demo_people() -> None:
    """Create the demo's people where they never were: whoever was removed stays so, since their
    password is no secret."""
    for role in ROLES:
        once(f"demo: {role.demo_user}", partial(_make_demo_person, role))


def _make_demo_person(role: Role) -> None:
    if not User.objects.filter(username=role.demo_user).exists():
        user = User.objects.create_user(
            role.demo_user, password=DEMO_PASSWORD, is_staff=role.admin_site
        )
        user.groups.add(Group.objects.get(name=role.group))


def demo_logins() -> list[tuple[str, str]]:
    """(role, user name) of the demo's people who exist; their password is `DEMO_PASSWORD`."""
    names = {role.demo_user: role.group for role in ROLES}
    present = set(
        User.objects.filter(username__in=names, is_active=True).values_list("username", flat=True)
    )
    return [(group, name) for name, group in names.items() if name in present]


def _permissions(names: Iterable[str]) -> list[Permission]:
    found = []
    for name in names:
        app_label, codename = name.split(".", 1)
        found.append(Permission.objects.get(content_type__app_label=app_label, codename=codename))
    return found

"""Who may do what: every address × method × role, the admin's too.

`RULES` says for every address who is answered; an address that it does not name fails the test.
Customers are people without a role, with or without an account: what they may see hangs on the
id of a design and the token of an order, which nobody can guess.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from configurator.capacity.models import Closure, Reservation, StockItem, StockMove
from configurator.catalog.configuration import Configuration
from configurator.catalog.inspirations import record
from configurator.catalog.models import (
    Inspiration,
    Option,
    Product,
    Publication,
    Release,
    WorkCenter,
)
from configurator.catalog.queries import released
from configurator.sharing.friends import invite
from configurator.sharing.gallery import approve, submit
from configurator.shops.services import make_demo_shop
from configurator.wizard.models import Design
from orders.factory.models import PrintBatch, Stage, WorkOrder
from orders.factory.services import release_work_orders
from orders.models import Job, Order, Paper
from orders.paying.models import SandboxSession
from orders.promo.models import Promotion
from orders.quotes.making import Wanted, make_quote
from orders.quotes.models import Quote
from personalization.dialogue.models import Idea, SavedAnswer, Thread
from personalization.experiments.models import Experiment
from personalization.journeys.models import Journey
from personalization.messages.models import Copy, Message
from personalization.offering.models import Offer
from personalization.people.exchanges import Exchange
from personalization.people.models import Person
from personalization.segments.models import Segment
from personalization.slots.models import Variant
from project.roles import ROLES, make_groups
from tests.effort import EFFORT, thorough, thoroughly
from tests.orders import kit

pytestmark = pytest.mark.django_db

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
THOROUGHLY = [
    thoroughly(role) if role in {CUSTOMER, OPERATOR, SUPERUSER} else role for role in EVERYBODY
]


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
RULES = (
    # the customer's pages
    Rule(r"", ANYBODY, READ),
    Rule(r"p/<slug:slug>/", ANYBODY, READ),
    Rule(r"p/<slug:slug>/<int:number>/(picture|values|designs)\b.*", ANYBODY, READ),
    Rule(r"p/<slug:slug>/start/", ANYBODY, SEND),
    Rule(r"(measures|currency|country)/", ANYBODY, SEND),
    Rule(r"p/<slug:slug>/(guide|compare)/", ANYBODY, READ | SEND),
    Rule(r"p/<slug:slug>/guide/<slug:kind>\.webp", ANYBODY, READ),
    Rule(
        r"d/<uuid:design_id>/(ask/|history/|look/.*|picture/.*|artwork/.*|review/)?", ANYBODY, READ
    ),
    Rule(
        r"d/<uuid:design_id>/(choose|text|file|place|clear|undo|redo|renew|finish|limits?|budget|date"
        r"|surprise|restore|review/finish|order)/",
        ANYBODY,
        SEND,
    ),
    Rule(r"d/<uuid:design_id>/record/", frozenset({CATALOG, SUPERUSER}), SEND),
    Rule(r"o/<str:token>/(confirmation\.pdf|picture/<int:n>\.jpg)?", ANYBODY, READ),
    Rule(r"cart/", ANYBODY, READ),
    Rule(r"cart/(add/<uuid:design_id>|country|agree)/", ANYBODY, SEND),
    Rule(r"cart/<uuid:item_id>/((remove|restore|later|now|duplicate)/)?", ANYBODY, SEND),
    Rule(r"cart/checkout/", ANYBODY, READ | SEND),
    Rule(r"o/<str:token>/cancel/", ANYBODY, READ | SEND),
    Rule(r"o/<str:token>/(pay/|paid/|invoice\.pdf)", ANYBODY, READ),
    Rule(r"payments/<slug:way>/messages/", ANYBODY, SEND),
    Rule(r"sandbox/card/<slug:session_id>/", ANYBODY, READ | SEND),
    Rule(
        rf"admin/paying/(payment|refund|notice|invoice)/({OBJECT}((history|change)/)?)?",
        frozenset({SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(
        rf"admin/paying/(payment|refund|notice|invoice)/(add/|{OBJECT}delete/)",
        frozenset(),
        ANY_METHOD,
    ),
    Rule(r"o/<str:token>/<int:n>/change/", ANYBODY, READ),
    Rule(r"o/<str:token>/<int:n>/change/(begin|accept|withdraw)/", ANYBODY, SEND),
    Rule(r"s/<str:link>/(picture\.<str:suffix>|card\.jpg|code\.svg)?", ANYBODY, READ),
    Rule(r"s/<str:link>/(mine|like|report)/", ANYBODY, SEND),
    Rule(r"gallery/", ANYBODY, READ),
    Rule(r"d/<uuid:design_id>/share/gallery/(withdraw/)?", ANYBODY, SEND),
    Rule(r"d/<uuid:design_id>/(share|together)/", ANYBODY, READ),
    Rule(r"d/<uuid:design_id>/share/(link|friends|<str:link>/end)/", ANYBODY, SEND),
    Rule(r"d/<uuid:design_id>/share/friends/<uuid:invitation>/end/", ANYBODY, SEND),
    Rule(r"with/<uuid:invitation>/", ANYBODY, READ | SEND),
    Rule(r"(terms|health)/", ANYBODY, READ),
    # the customer's own pages: a guest's by what the browser owns
    Rule(r"account/((designs|orders)/)?", ANYBODY, READ),
    Rule(r"account/designs/<uuid:design_id>/name/", ANYBODY, SEND),
    Rule(r"account/designs/<uuid:design_id>/remove/", ANYBODY, READ | SEND),
    Rule(r"o/<str:token>/<int:n>/again/", ANYBODY, SEND),
    Rule(r"o/<str:token>/<int:n>/voice/", ANYBODY, READ | SEND),
    Rule(r"o/<str:token>/<int:n>/voice/delete/", ANYBODY, SEND),
    Rule(r"o/<str:token>/<int:n>/voice/photo\.jpg", ANYBODY, READ),
    Rule(r"voices/<int:pk>/picture\.webp", ANYBODY, READ),
    Rule(r"o/<str:token>/quiet/", ANYBODY, READ | SEND),
    Rule(
        rf"admin/voices/voice/({OBJECT}((history|change)/)?)?",
        frozenset({MARKETER, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(rf"admin/voices/voice/(add/|{OBJECT}delete/)", frozenset(), ANY_METHOD),
    Rule(r"account/enter/<str:key>/", ANYBODY, READ | SEND),
    Rule(r"account/links/", ANYBODY, SEND),
    Rule(r"marketing/messages/(letters\.pdf|<int:pk>/(mail/|letter\.pdf)?)?", MARKETERS, READ),
    Rule(r"marketing/wordings/", MARKETERS, READ),
    Rule(r"marketing/wordings/<slug:purpose>/", MARKETERS, READ | SEND),
    Rule(r"marketing/messages/(quiet|limit|limit/<int:pk>/remove)/", MARKETERS, SEND),
    Rule(r"(l|n)/<str:word>/", ANYBODY, READ),
    Rule(r"hooks/sms/", ANYBODY, SEND),  # whoever signs as the gateway
    Rule(r"you/messages/", ANYBODY, READ),
    Rule(r"you/messages/phone/", ANYBODY, READ | SEND),
    Rule(r"you/messages/phone/(code|again|remove)/", ANYBODY, SEND),
    Rule(r"you/messages/(<int:pk>/put-away|push|push/<int:pk>/stop)/", ANYBODY, SEND),
    Rule(r"marketing/(results/<slug:result>\.(csv|xlsx))?", MARKETERS, READ),
    Rule(r"marketing/segments/", MARKETERS, READ),
    Rule(r"marketing/segments/(new|<slug:segment>)/", MARKETERS, READ | SEND),
    Rule(r"marketing/segments/(count|<slug:segment>/(people|remove))/", MARKETERS, SEND),
    Rule(r"marketing/people/(<uuid:person_key>/)?", MARKETERS, READ),
    Rule(r"marketing/journeys/(<slug:journey>/(try/(<slug:step_id>/)?)?)?", MARKETERS, READ),
    Rule(r"marketing/journeys/<slug:journey>/people/", MARKETERS, READ),
    Rule(r"marketing/journeys/<slug:journey>/people/<int:pk>/take-out/", MARKETERS, SEND),
    Rule(
        r"marketing/journeys/(new|<slug:journey>/(settings|steps/<slug:step_id>))/",
        MARKETERS,
        READ | SEND,
    ),
    Rule(
        r"marketing/journeys/<slug:journey>/(do|steps|steps/<slug:step_id>/act)/", MARKETERS, SEND
    ),
    Rule(r"marketing/ads/", MARKETERS, READ),
    Rule(r"marketing/ads/audience/", MARKETERS, SEND),
    Rule(r"feeds/.*", ANYBODY, READ),
    Rule(r"marketing/brochures/", MARKETERS, READ | SEND),
    Rule(r"marketing/brochures/look/(<uuid:person_key>/<int:side>\.png)?", MARKETERS, READ),
    Rule(
        r"marketing/brochures/<uuid:run_key>/"
        r"(sheets\.pdf|brochures\.zip|manifest\.csv|<int:number>\.pdf)?",
        MARKETERS,
        READ,
    ),
    Rule(r"marketing/brochures/<uuid:run_key>/<slug:move>/do/", MARKETERS, SEND),
    Rule(r"b/<str:card>/", ANYBODY, READ),
    Rule(r"b/<str:card>/stop/", ANYBODY, READ | SEND),
    Rule(r"you/", ANYBODY, READ),
    Rule(r"you/(decide|reach|exchange/<slug:exchange>)/", ANYBODY, SEND),
    Rule(
        rf"admin/people/exchange/(add/|{OBJECT}((history|delete|change)/)?)?",
        MARKETERS,
        ANY_METHOD,
    ),
    Rule(r"you/(mailed|leave)/<str:proof>/", ANYBODY, READ | SEND),
    # what customers ask, say and propose, and who answers
    Rule(r"(p/<slug:slug>|d/<uuid:design_id>)/question/", ANYBODY, READ | SEND),
    Rule(r"o/<str:token>/<int:n>/question/", ANYBODY, READ | SEND),
    Rule(r"o/<str:token>/<int:n>/voice/choices/", ANYBODY, SEND),
    Rule(r"p/<slug:slug>/said/", ANYBODY, READ),
    Rule(r"p/<slug:slug>/ideas/", ANYBODY, READ | SEND),
    Rule(r"talk/<str:token>/(quiet/)?", ANYBODY, READ | SEND),
    Rule(r"talk/<str:token>/delete/", ANYBODY, SEND),
    Rule(r"ideas/<uuid:idea_id>/vote/", ANYBODY, SEND),
    Rule(r"ideas/<str:token>/quiet/", ANYBODY, READ | SEND),
    Rule(r"marketing/inbox/(ideas/)?", MARKETERS, READ),
    Rule(r"marketing/inbox/talk/<uuid:thread_id>/", MARKETERS, READ | SEND),
    Rule(r"marketing/inbox/talk/<uuid:thread_id>/picture\.webp", MARKETERS, READ),
    Rule(r"marketing/inbox/talk/<uuid:thread_id>/act/", MARKETERS, SEND),
    Rule(r"marketing/inbox/saved/(<int:pk>/)?", MARKETERS, READ | SEND),
    Rule(r"marketing/inbox/ideas/<uuid:idea_id>/", MARKETERS, READ | SEND),
    Rule(r"marketing/inbox/changed/", MARKETERS | {CATALOG}, READ),
    Rule(r"marketing/inbox/changed/<uuid:release_id>/", MARKETERS | {CATALOG}, READ | SEND),
    Rule(r"admin/catalog/product/<int:product_id>/said/", MARKETERS | {CATALOG}, ANY_METHOD),
    Rule(r"marketing/experiments/(<int:pk>/)?", MARKETERS, READ),
    Rule(r"marketing/experiments/(new|<int:pk>/plan)/", MARKETERS, READ | SEND),
    Rule(r"marketing/experiments/(hold-out|<int:pk>/(start|stop))/", MARKETERS, SEND),
    Rule(r"pages/pictures/<str:sha>\.webp", ANYBODY, READ),
    Rule(r"marketing/pages/(look/(page/)?)?", MARKETERS, READ),
    Rule(r"marketing/pages/(new/<str:place>|<int:pk>)/", MARKETERS, READ | SEND),
    Rule(r"marketing/pages/<int:pk>/(remove|switch)/", MARKETERS, SEND),
    Rule(r"marketing/offers/(<int:pk>/(codes\.csv)?)?", MARKETERS, READ),
    Rule(r"marketing/offers/(new|<int:pk>/edit)/", MARKETERS, READ | SEND),
    Rule(r"marketing/offers/(lowest|<int:pk>/(mint|codes|turn))/", MARKETERS, SEND),
    Rule(r"you/offers/<int:pk>/", ANYBODY, SEND),
    Rule(r"d/<uuid:design_id>/sooner/", ANYBODY, SEND),
    Rule(r"account/data/", ANYBODY, READ | SEND),
    Rule(r"account/data/(mailed/<str:proof>/|export/<uuid:key>/(my-data\.zip)?)", ANYBODY, READ),
    Rule(r"account/data/export/", ANYBODY, SEND),
    Rule(r"account/data/erase/", ANYBODY, READ | SEND),
    Rule(r"account/addresses/", SIGNED_IN, READ),
    Rule(r"account/addresses/(add|<int:pk>)/", SIGNED_IN, READ | SEND),
    Rule(r"account/addresses/<int:pk>/(standard|remove)/", SIGNED_IN, SEND),
    Rule(r"account/(security|passkeys(/list)?)/", SIGNED_IN, READ),
    Rule(r"account/(login|signup|logout|inactive|email/confirm)/.*", ANYBODY, ANY_METHOD),
    Rule(
        r"account/(email|password(/new)?|confirm(/code(/enter)?|/passkey)?)/", SIGNED_IN, ANY_METHOD
    ),
    Rule(r"account/passkeys/(add|<int:pk>/remove)/", SIGNED_IN, ANY_METHOD),
    # signing in and out
    Rule(r"login/", ANYBODY, ANY_METHOD),
    Rule(r"logout/", ANYBODY, SEND),
    Rule(r"language/setlang/", ANYBODY, ANY_METHOD),
    Rule(r"landing/", ANYBODY - {GUEST}, READ),
    # the factory
    Rule(r"factory/(scan/)?", FACTORY, READ),
    Rule(r"factory/<str:number>/(picture\.jpg|(sheet|change)\.<str:size>\.pdf)?", FACTORY, READ),
    Rule(r"factory/<str:number>/artwork/.*", FACTORY, READ),
    Rule(r"factory/<str:number>/(history/|photos/<str:sha>\.jpg)", FACTORY, READ),
    Rule(r"factory/<str:number>/customer/", FACTORY, READ | SEND),
    Rule(r"factory/<str:number>/customer/<int:photo>/withdraw/", FACTORY, SEND),
    Rule(r"factory/<str:number>/customer/parcel/", LEADS, SEND),
    Rule(r"o/<str:token>/photos/<int:photo>\.jpg", ANYBODY, READ),
    Rule(
        rf"admin/factory/stage/(add/|{OBJECT}((history|delete|change)/)?)?",
        frozenset({LEAD, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(r"factory/<str:number>/(start|pause|resume|hold|finish)/", FACTORY, SEND),
    Rule(r"factory/<str:number>/(unhold|rework|scrap|cancel|ship)/", LEADS, SEND),
    Rule(r"factory/bench/(<str:number>/)?", FACTORY, READ),
    Rule(r"factory/bench/(station|scan)/", FACTORY, SEND),
    Rule(r"factory/bench/<str:number>/<str:code>/<int:n>\.jpg", FACTORY, READ),
    Rule(r"factory/bench/<str:number>/<str:code>/<slug:event>/", FACTORY, SEND),
    Rule(r"factory/plan/(history/)?", LEADS, READ),
    Rule(r"factory/plan/change/", LEADS, READ | SEND),
    Rule(r"factory/figures/(<slug:table>\.(csv|xlsx))?", LEADS, READ),
    Rule(r"factory/files/<str:name>\.csv", FACTORY, READ),
    # what pages of brands fetch; pages in their frames are the customer's own (tests/shops)
    Rule(r"in/<slug:shop>/embed\.js", ANYBODY, READ),
    Rule(r"embed/<slug:shop>/(<slug:theme>/logo|<str:theme>-<slug:mark>\.css)", ANYBODY, READ),
    Rule(
        rf"admin/shops/(shop|rate)/(add/|{OBJECT}((history|delete|change)/)?)?",
        frozenset({MARKETER, SUPERUSER}),
        ANY_METHOD,
    ),
    # programs of shops: anybody; what may be done hangs on a design's id and an order's token
    Rule(
        r"api/shop/v1/(docs/|products|products/<slug:slug>(/releases/<int:number>)?)", ANYBODY, READ
    ),
    Rule(r"api/shop/v1/openapi\.json", ANYBODY, ANY_METHOD),
    Rule(r"api/shop/v1/designs", ANYBODY, SEND),
    Rule(r"api/shop/v1/orders/<token>", ANYBODY, READ),
    Rule(r"api/shop/v1/orders(/review)?", ANYBODY, SEND),
    Rule(r"api/shop/v1/quotes/<token>", ANYBODY, READ),
    Rule(r"api/shop/v1/quotes(/<token>/(accept|decline))?", ANYBODY, SEND),
    Rule(r"api/shop/v1/designs/<uuidstr:design_id>(/(explain|history|renewal))?", ANYBODY, READ),
    Rule(
        r"api/shop/v1/designs/<uuidstr:design_id>/(choose|clear|text|files/<option>|undo|redo|finish"
        r"|surprise|restore|renew|review|order|quote)",
        ANYBODY,
        SEND,
    ),
    Rule(
        r"api/shop/v1/designs/<uuidstr:design_id>/(limits|files/<option>/placement)",
        ANYBODY,
        frozenset({"put"}),
    ),
    Rule(r"api/shop/v1/(<path:path>)?", frozenset(), ANY_METHOD),
    # programs: nobody without a token, whoever is signed in (tests/erp tells what a token opens)
    Rule(r"api/v1/", frozenset(), ANY_METHOD),
    Rule(r"api/v1/openapi\.json", ANYBODY, ANY_METHOD),
    Rule(r"api/v1/(work-orders(/<number>)?|events|parts-demand|stock)", frozenset(), READ),
    Rule(r"api/v1/work-orders/<number>/events", frozenset(), SEND),
    Rule(r"api/v1/stock/<number>", frozenset(), frozenset({"put"})),
    Rule(r"api/v1/files/<str:name>\.csv", frozenset(), READ),
    Rule(r"api/v1/<path:path>", frozenset(), ANY_METHOD),
    Rule(r"factory/print/", FACTORY, READ | SEND),
    Rule(r"factory/print/<uuid:batch>/(<str:file>)?", FACTORY, READ),
    Rule(r"factory/print/<uuid:batch>/again/", FACTORY, SEND),
    # the admin
    Rule(r"admin/(login|logout)/", ANYBODY, ANY_METHOD),
    Rule(r"admin/(jsi18n/|password_change/(done/)?)?", ADMIN, ANY_METHOD),
    Rule(r"admin/(r/.*|\(\?P<url>.*)", ADMIN, ANY_METHOD),
    Rule(r"admin/\^\(\?P<app_label>.*", ADMIN, ANY_METHOD),
    Rule(r"admin/autocomplete/", frozenset({CATALOG, SUPERUSER}), READ),
    Rule(
        rf"admin/(account/emailaddress|mfa/authenticator)/(add/|{OBJECT}((history|delete|change)/)?)?",
        ROOT,
        ANY_METHOD,
    ),
    Rule(rf"admin/auth/(group|user)/(add/|.*{OBJECT}.*|<id>/password/)?", ROOT, ANY_METHOD),
    Rule(
        rf"admin/catalog/{CATALOG_ROWS}/(add/|{OBJECT}((history|delete|change)/)?)?",
        frozenset({CATALOG, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(
        rf"admin/catalog/choice/({OBJECT}((history|delete|change)/)?)?",
        frozenset({CATALOG, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(
        r"admin/catalog/option/<int:option_id>/table/", frozenset({CATALOG, SUPERUSER}), ANY_METHOD
    ),
    Rule(
        r"admin/catalog/rule/values/<int:option_id>/",
        frozenset({CATALOG, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(r"admin/catalog/choice/add/", frozenset(), ANY_METHOD),
    Rule(
        r"admin/catalog/\w+/<int:row_id>/restore/<int:revision_id>/",
        frozenset({CATALOG, SUPERUSER}),
        SEND,
    ),
    Rule(
        r"admin/catalog/product/<int:product_id>/"
        r"(workspace/((options/<int:option_id>|lists/<slug:kind>)/)?|duplicate/|options/)",
        frozenset({CATALOG, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(r"admin/catalog/rule/(<int:object_id>/)?try/", frozenset({CATALOG, SUPERUSER}), SEND),
    Rule(
        rf"admin/catalog/layerfile/({OBJECT}((history|delete|change)/)?)?",
        frozenset({CATALOG, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(
        rf"admin/catalog/product/({OBJECT}((history|change)/)?)?",
        frozenset({CATALOG, MARKETER, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(
        rf"admin/catalog/product/(add/|{OBJECT}delete/|<int:product_id>/(publish|examine|doctor|export)/"
        rf"|<int:product_id>/texts/(import/(<uuid:key>/)?)?"
        rf"|import/(<uuid:key>/)?)",
        frozenset({CATALOG, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(
        r"admin/catalog/product/<int:product_id>/recommending/",
        frozenset({CATALOG, MARKETER, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(
        r"admin/catalog/product/<int:product_id>/insight/(<slug:figure>\.csv)?",
        frozenset({CATALOG, MARKETER, SUPERUSER}),
        READ,
    ),
    Rule(
        r"admin/catalog/product/<int:product_id>/(sheet/|guide/|pictures/(drawn\.webp|files/<str:sha>\.<str:suffix>)?)",
        frozenset({CATALOG, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(
        r"admin/catalog/product/<int:product_id>/(sheet/open|pictures/(order|layer|files))/",
        frozenset({CATALOG, SUPERUSER}),
        SEND,
    ),
    Rule(
        r"admin/catalog/product/<int:product_id>/presence/",
        frozenset({CATALOG, SUPERUSER}),
        SEND,
    ),
    Rule(
        r"admin/catalog/publication/<uuid:publication_id>/decide/",
        frozenset({CATALOG, SUPERUSER}),
        SEND,
    ),
    Rule(
        rf"admin/catalog/publication/({OBJECT}((history|change)/)?)?",
        frozenset({CATALOG, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(r"admin/catalog/release/<uuid:release_id>/revive/", frozenset({CATALOG, SUPERUSER}), SEND),
    Rule(
        rf"admin/catalog/release/({OBJECT}((history|change)/)?)?",
        frozenset({CATALOG, MARKETER, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(
        rf"admin/(orders/(order|job|paper|specification)|factory/workorder)"
        rf"/({OBJECT}((history|change)/)?)?",
        frozenset({LEAD, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(rf"admin/erp/(apitoken|webhook)/(add/|{OBJECT}((history|change)/)?)?", ROOT, ANY_METHOD),
    Rule(rf"admin/erp/webhook/{OBJECT}delete/", ROOT, ANY_METHOD),
    Rule(rf"admin/erp/delivery/({OBJECT}((history|change)/)?)?", ROOT, ANY_METHOD),
    Rule(rf"admin/erp/apitoken/{OBJECT}delete/", frozenset(), ANY_METHOD),
    Rule(rf"admin/erp/delivery/(add/|{OBJECT}delete/)", frozenset(), ANY_METHOD),
    Rule(
        rf"admin/sharing/entry/({OBJECT}((history|change)/)?)?",
        frozenset({MARKETER, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(rf"admin/sharing/entry/(add/|{OBJECT}delete/)", frozenset(), ANY_METHOD),
    # capacity
    Rule(
        rf"admin/capacity/(workcenterhours|reservation|stockmove)/({OBJECT}((history|change)/)?)?",
        frozenset({LEAD, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(
        rf"admin/capacity/(closure|stockitem)/(add/|{OBJECT}((history|change)/)?)?",
        frozenset({LEAD, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(rf"admin/capacity/closure/{OBJECT}delete/", frozenset({LEAD, SUPERUSER}), ANY_METHOD),
    Rule(r"admin/capacity/stockitem/receive/", frozenset({LEAD, SUPERUSER}), ANY_METHOD),
    Rule(
        rf"admin/capacity/(workcenterhours|reservation|stockmove)/(add/|{OBJECT}delete/)",
        frozenset(),
        ANY_METHOD,
    ),
    Rule(rf"admin/capacity/stockitem/{OBJECT}delete/", frozenset(), ANY_METHOD),
    # shipping and taxes
    Rule(
        rf"admin/selling/(taxrate|shippingoption)/(add/|{OBJECT}((history|delete|change)/)?)?",
        frozenset({CATALOG, SUPERUSER}),
        ANY_METHOD,
    ),
    # quotes
    Rule(r"(d/<uuid:design_id>|cart)/quote/", ANYBODY, SEND),
    Rule(r"q/<str:token>/(quote\.pdf|picture/<int:n>\.jpg)?", ANYBODY, READ),
    Rule(r"q/<str:token>/(accept|decline|again)/", ANYBODY, SEND),
    Rule(
        rf"admin/quotes/quote/({OBJECT}((history|change)/)?)?", frozenset({SUPERUSER}), ANY_METHOD
    ),
    Rule(rf"admin/quotes/quote/(add/|{OBJECT}delete/)", frozenset(), ANY_METHOD),
    # promo codes
    Rule(
        rf"admin/promo/(promotion|promocode|floor)/(add/|{OBJECT}((history|delete|change)/)?)?",
        frozenset({MARKETER, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(
        rf"admin/promo/redemption/({OBJECT}((history|change)/)?)?",
        frozenset({MARKETER, SUPERUSER}),
        ANY_METHOD,
    ),
    Rule(rf"admin/promo/redemption/(add/|{OBJECT}delete/)", frozenset(), ANY_METHOD),
    Rule(r"admin/orders/order/<uuid:order>/returned/", frozenset({LEAD, SUPERUSER}), READ | SEND),
    # records: nobody adds or deletes them, and files come with an import
    Rule(rf"admin/orders/\w+/(add/|{OBJECT}delete/)", frozenset(), ANY_METHOD),
    Rule(rf"admin/factory/workorder/(add/|{OBJECT}delete/)", frozenset(), ANY_METHOD),
    Rule(rf"admin/catalog/(release|publication)/(add/|{OBJECT}delete/)", frozenset(), ANY_METHOD),
    Rule(r"admin/catalog/layerfile/add/", frozenset(), ANY_METHOD),
)


def routes(patterns: Any = None, before: str = "") -> Iterator[str]:
    """Every route of the site."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, route)
        elif isinstance(entry, URLPattern):
            yield route


ROUTES = sorted(set(routes()))


def methods_of(route: str, role: str) -> tuple[str, ...]:
    """The admin's pages are many, and all look at nothing but whether it is a POST.

    That a DELETE is a GET to them is seen by who may everything, and by who may nothing. Elsewhere
    what is neither read nor sent is refused before anybody is asked who they are: a guest sees it.
    """
    if not route.startswith("admin/"):
        return METHODS if role == GUEST or EFFORT >= 1 else ("get", "post")
    return ("get", "post", "delete") if role in (GUEST, SUPERUSER) else ("get", "post")


@cache
def rules_of(route: str) -> list[Rule]:
    return [rule for rule in RULES if re.fullmatch(rule.address, route)]


def test_every_route_is_named_once() -> None:
    assert {route: len(rules_of(route)) for route in ROUTES if len(rules_of(route)) != 1} == {}
    assert len(ROUTES) > 100


def test_every_rule_names_a_route() -> None:
    idle = [r.address for r in RULES if not any(re.fullmatch(r.address, a) for a in ROUTES)]
    assert idle == []


def record_inspiration(product: Product, design: Design) -> Inspiration:
    return record(
        product_id=product.pk,
        product=released(design.release_id),
        configuration=Configuration.from_json(design.state),
    )


@dataclass(frozen=True)
class World:
    """One order with its work order, and what stands for the parts of the routes."""

    order: Order
    work_order: WorkOrder
    known: dict[str, str]

    def path(self, route: str) -> str:
        """The address of something that is there."""
        path = route.replace("<int:number>", "1")  # a release's; a work order's is no integer
        if route.startswith("admin/") and "object_id" in route:
            path = path.replace("<path:object_id>", self.known.get(route.split("/")[2], "1"), 1)
        for part, value in self.known.items():
            path = re.sub(rf"<(\w+:)?{part}>", value, path)
        return "/" + path.replace("\\", "")


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Any) -> World:
    settings.PAPERS_DIR = tmp_path / "papers"
    settings.PICTURES_DIR = tmp_path / "pictures"
    settings.CARD_SANDBOX = True
    make_groups()
    kit.import_lamp()
    make_demo_shop()
    order = kit.order(kit.whole_design())
    work_order = release_work_orders(order_id=order.pk)[0]
    paper = Paper.objects.create(
        order=order, kind="confirmation", subject=order.number, sha="0" * 64
    )
    product, option = Product.objects.get(), Option.objects.get(code="shade")
    batch = PrintBatch.objects.create(papers=["pull_sheet"], size="A4", language="en")
    line = order.lines.get()
    closure = Closure.objects.create(first_day="2030-01-01", last_day="2030-01-01")
    item = StockItem.objects.create(number="P-1")
    move = StockMove.objects.create(item=item, kind="counted", quantity=0)
    asked = Publication.objects.create(
        product=product, content=Release.objects.get().content, state="asking"
    )
    entry = submit(design=line.design, title="Reading light", author="Ana")
    approve(entry=entry, by="")
    wanted = [Wanted(line.design, 1)]
    day = order.promised_on
    quote = make_quote(wanted=wanted, contact=kit.CONTACT, language="en", shipping="", ready_on=day)
    Quote.objects.update(token=order.token)
    talk = Thread.objects.create(product=product, token=order.token, design=line.design)
    idea = Idea.objects.create(product=product, words="Of oak", state="open", token=order.token)
    SavedAnswer.objects.create(pk=1, name="Hello")
    Experiment.objects.create(pk=1, code="oak", name="Oak first")
    said = Message.objects.create(pk=1, key="1", person=Person.objects.create(), channel="mail")
    Copy.objects.create(message=said, provider="kept", html="<p>Hello")
    deal = Promotion.objects.create(kind="percent", percent=10, name="For you")
    Offer.objects.create(pk=1, promotion=deal)
    known = {
        "exchange": str(Exchange.objects.create(pk=1, code="1", name="Size", text="It fits.").pk),
        "person_key": str(Person.objects.create().key),
        **{"thread_id": str(talk.pk), "idea_id": str(idea.pk)},
        "release_id": str(Release.objects.get().pk),
        **{"run_key": str(uuid4()), "move": "pause", "side": "1", "card": "x" * 16},
        **{"format": "google", "market": "pl-eur-en"},
        "place": Variant.objects.create(pk=1, place="home.more", name="Spring").place,
        "journey": Journey.objects.create(slug="care", name="Care", draft=A_STEP).slug,
        "step_id": "s1",
        "segment": Segment.objects.create(slug="regulars", name="Regulars", kind="list").slug,
        **{"quote": str(quote.pk)},
        **{"publication": str(asked.pk), "publication_id": str(asked.pk)},
        **{"closure": str(closure.pk), "stockitem": str(item.pk), "stockmove": str(move.pk)},
        **{"workcenterhours": str(WorkCenter.objects.all()[0].pk)},
        **{"reservation": str(Reservation.objects.all()[0].pk)},
        **{"slug": product.slug, "number": work_order.number, "design_id": str(line.design_id)},
        **{"token": order.token, "n": "1", "option": "shade", "value": "glass", "suffix": "webp"},
        "invitation": str(invite(design=line.design, may_edit=True, host="").pk),
        **{"figure": "wanted", "link": entry.share.token, "entry": str(entry.pk)},
        **{"revision": "0", "size": "A4", "product_id": str(product.pk), "id": "1"},
        **{"content_type_id": "1", "object_id": "1", "user": "1", "group": "1"},
        **{"product": str(product.pk), "option_row": str(option.pk)},
        **{"option_id": str(option.pk), "kind": "rule", "choice": str(option.choices.all()[0].pk)},
        **{"row_id": "1", "revision_id": "1"},
        **{"step": str(option.step_id), "workcenter": str(WorkCenter.objects.all()[0].pk)},
        **{"release": str(Release.objects.get().pk), "order": str(order.pk)},
        **{"rule": str(product.rules.all()[0].pk), "part": str(product.parts.all()[0].pk)},
        "inspiration": str(record_inspiration(product, line.design).pk),
        **{"operation": str(product.operations.all()[0].pk), "job": str(Job.objects.all()[0].pk)},
        **{"paper": str(paper.pk), "specification": line.specification_id},
        **{"workorder": str(work_order.pk), "name": "work-orders", "table": "promises"},
        **{"result": "orders"},
        **{"batch": str(batch.key), "file": "papers.pdf"},
        **{"shop": "atelier", "theme": "day", "mark": "old", "rate": "1"},
        **{
            "photo": "1",
            "pk": "1",
            "proof": "x",
            "word": "1-x",
            "purpose": "marketing",
            "stage": str(Stage.objects.create(name="Cut").pk),
        },
        **{"way": "card", "session_id": _hosted_page().pk},
        **{"code": "cut", "event": "start", "sha": "0" * 64, "key": str(uuid4())},
        **{"item_id": str(uuid4())},
    }
    return World(order, work_order, known)


A_STEP = {"steps": [{"id": "s1"}]}


def _hosted_page() -> SandboxSession:
    return SandboxSession.objects.create(
        **{"id": "cs_1", "key": "1", "amount": 100, "currency": "EUR", "title": "Order"},
        return_url="/",
        expires_at=timezone.now() + timedelta(hours=1),
    )


def browser_of(role: str) -> Client:
    client = Client(raise_request_exception=False)
    if role == GUEST:
        return client
    if role == SUPERUSER:
        client.force_login(User.objects.create_superuser("root"))
        return client
    known = {known.group: known for known in ROLES}
    staff = role in known and known[role].admin_site
    user = User.objects.create_user(role.replace(" ", "-"), is_staff=staff)
    if role in known:
        user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    return client


def state_of(world: World) -> tuple[Any, ...]:
    """What reading may not change."""
    work_order = WorkOrder.objects.get(pk=world.work_order.pk)
    counted = (model.objects.count() for model in (Order, Product, Design, Quote, User))
    return work_order.state, work_order.version, *counted


def expected(role: str, rule: Rule, method: str) -> set[int]:
    """The codes that are right. What is allowed may still be 404, 409 or 422 with an empty form."""
    if method not in rule.methods:
        return {405, 403, 302}
    if role in rule.who:
        return {200, 202, 204, 302, 303, 400, 403, 404, 405, 409, 410, 422, 428, 429}
    return {302, 401, 403, 404, 405}


@pytest.mark.parametrize("role", THOROUGHLY)
def test_everybody_gets_what_the_table_says(role: str, world: World) -> None:
    client = browser_of(role)
    wrong = []
    before = state_of(world)
    for method in sorted(METHODS, key=SENDING.__contains__):  # all is read before anything is sent
        if method in SENDING:
            assert state_of(world) == before
        for route in ROUTES:
            (rule,) = rules_of(route)
            if method not in methods_of(route, role):
                continue
            answer = getattr(client, method)(world.path(route))
            if not (
                answer.status_code in expected(role, rule, method)
                and _kept_out(role, rule, answer)
                and (method != "get" or _let_in(role, rule, route, answer))
            ):
                wrong.append((method, route, answer.status_code, answer.headers.get("Location")))
            if route == "logout/" and method == "post" and role != GUEST:
                client.force_login(User.objects.latest("pk"))
    assert wrong == [], len(wrong)


def _kept_out(role: str, rule: Rule, answer: Any) -> bool:
    """Who is not meant sees a sign-in page, a refusal, or nothing there."""
    if role in rule.who or answer.status_code != 302:
        return True
    address = answer.headers["Location"]  # the admin leads staff on, to where they are refused
    return "/login/?next=" in address or address.endswith("/change/") or address == "/admin/"


def _let_in(role: str, rule: Rule, route: str, answer: Any) -> bool:
    """Who is meant sees the page: no rule holds only because everything is refused."""
    if role not in rule.who or "get" not in rule.methods or _is_no_page(route):
        return True
    return answer.status_code in (200, 202, 302)


NO_PAGES = (
    "change.<str:size>.pdf",
    # of one's own designs, and of an account with an address
    *(
        "account/designs/<",
        "account/data/",
        "you/mailed/",
        "you/leave/",
        "account/addresses/<",
        "account/confirm",
        "account/passkeys/add",
        "account/passkeys/<",
        *("l/<str:word>", "n/<str:word>"),  # signed for one link, or one message
        *("messages/letters.pdf", "letter.pdf"),  # of messages on paper
    ),
    *("admin/r/", "admin/(?P<url>", "admin/logout/", "admin/autocomplete/", "admin/^"),
    *(
        "photos/",
        "voice",
        "<str:code>/<int:n>",
        "plan/change/",
        "scan/",
        "ask/",
        "artwork/",
        "guide/<slug:kind>",
        "look/",
        "together/",
        "confirmation.pdf",
        "picture",
        "feeds/",
        "marketing/brochures/<uuid:run_key>/",
        "/try/<slug:step_id>/",
        "b/<str:card>/",
        "values/",
        "/designs/",
        "auth/group/<",
        "/explain",
        "/logo",
    ),
)


def _is_no_page(route: str) -> bool:
    """Addresses that need more than an object: a query, an upload, a picture."""
    return any(part in route for part in NO_PAGES) or "layer" in route or "pricerule" in route


FOREIGN = {
    "design_id": str(uuid4()),
    "token": "x" * 32,
    "link": "x" * 22,
    "invitation": str(uuid4()),
    "number": "2020-00001-1",
}
FOREIGN["batch"] = FOREIGN["design_id"]


@pytest.mark.parametrize("role", EVERYBODY)
def test_what_is_not_there_is_not_found(role: str, world: World) -> None:
    """Foreign, deleted or made up: the same answer for everybody who may ask."""
    client = browser_of(role)
    away = World(world.order, world.work_order, {**world.known, **FOREIGN})
    for route in ROUTES:
        (rule,) = rules_of(route)
        parts = re.findall(r"<(?:uuid|uuidstr|str):(\w+)>", route)
        if route.startswith("admin/") or not FOREIGN.keys() & set(parts):
            continue
        method = next(each for each in ("get", "post", "put") if each in rule.methods)
        answer = getattr(client, method)(away.path(route))
        meant = {404} if role in rule.who else {302, 403}
        if route.startswith("api/shop/"):  # where a body is needed, that is told first
            meant = {404, 400, 422}
        assert answer.status_code in meant, (method, route)


@pytest.mark.parametrize("role", [OPERATOR, LEAD])
def test_the_factory_never_sees_whom_it_is_for(role: str, world: World) -> None:
    client = browser_of(role)
    hidden = [world.order.token, *(str(value) for value in vars(kit.CONTACT).values() if value)]
    hidden.remove(kit.CONTACT.country)
    for route in ROUTES:
        (rule,) = rules_of(route)
        if not route.startswith(("factory/", "admin/")) or "get" not in rule.methods:
            continue
        page = client.get(world.path(route)).content.decode(errors="replace")
        assert not [secret for secret in hidden if secret in page], route


@thorough
def test_no_state_was_moved_by_walking(world: World) -> None:
    """GET, HEAD, PUT, PATCH and DELETE change nothing, whoever sends them."""
    client = browser_of(SUPERUSER)
    before = state_of(world)
    for route in ROUTES:
        for method in set(METHODS if not route.startswith("admin/") else ["get"]) - {"post"}:
            getattr(client, method)(world.path(route))
    assert state_of(world) == before

"""The catalog that admins edit, and the releases that everybody else reads.

A product's rows (steps, options, choices, rules, prices, parts, operations, layers) are a draft.
Publishing freezes them into a `Release`: its `content` is all that the wizard, the orders and the
factory ever see. Conditions and formulas are texts in the engine's rule language.
"""

from configurator.catalog.models.beginnings import Beginning
from configurator.catalog.models.cases import DesignCase
from configurator.catalog.models.examinations import Examination
from configurator.catalog.models.inspirations import Inspiration
from configurator.catalog.models.making import Operation, Part, WorkCenter
from configurator.catalog.models.pictures import Layer, LayerFile
from configurator.catalog.models.presence import Presence
from configurator.catalog.models.products import (
    Choice,
    Option,
    PriceRule,
    Product,
    Rule,
    Step,
)
from configurator.catalog.models.publications import AffectedDesign, Publication
from configurator.catalog.models.releases import Release
from configurator.catalog.models.revisions import Revision

__all__ = [
    "AffectedDesign",
    "Beginning",
    "Choice",
    "DesignCase",
    "Examination",
    "Inspiration",
    "Layer",
    "LayerFile",
    "Operation",
    "Option",
    "Part",
    "Presence",
    "PriceRule",
    "Product",
    "Publication",
    "Release",
    "Revision",
    "Rule",
    "Step",
    "WorkCenter",
]

"""Whether a content makes sense, as far as it can be seen without compiling it."""

from configurator.catalog.checks.formulas import formula_problems
from configurator.catalog.checks.guides import guide_problems
from configurator.catalog.checks.names import name_problems
from configurator.catalog.checks.options import option_problems
from configurator.catalog.checks.pictures import picture_problems
from configurator.catalog.checks.shapes import shape_problems
from configurator.catalog.checks.showcases import showcase_problems
from configurator.catalog.checks.tables import table_problems
from configurator.catalog.content import Content
from configurator.catalog.problems import Problem

__all__ = ["problems"]


def problems(content: Content) -> list[Problem]:
    """Everything that is wrong with the content; formulas wait until all names are in order."""
    if shapes := shape_problems(content):
        return shapes
    first = name_problems(content) + option_problems(content)
    if first:
        return first
    return [
        *showcase_problems(content),
        *guide_problems(content),
        *formula_problems(content),
        *table_problems(content),
        *picture_problems(content),
    ]

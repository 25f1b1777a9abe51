"""The guide of a release: which values each answer speaks for, worked out once."""

from collections.abc import Iterable

from configurator.catalog.content import Content
from configurator.catalog.infos import QuestionInfo, ReplyInfo, WantInfo
from configurator.engine import Schema, parse

MUST = 100
"""Points of what an answer demands: more than all that it wishes for."""


def read(guide: Iterable[Content], schema: Schema) -> tuple[QuestionInfo, ...]:
    """The questions, their conditions evaluated for every value."""
    return tuple(
        QuestionInfo(
            code=question["code"],
            name=question["name"],
            help=question.get("help", {}),
            several=question.get("several", False),
            answers=tuple(
                ReplyInfo(
                    answer["code"],
                    answer["name"],
                    answer.get("because", {}),
                    tuple(_want(want, schema) for want in answer.get("wants", ())),
                )
                for answer in question["answers"]
            ),
        )
        for question in guide
    )


def _want(want: Content, schema: Schema) -> WantInfo:
    condition = parse(want["when"], schema, want="condition")
    (code,) = condition.references
    variable = schema.variable(code)
    values = variable.values if variable else ()
    met = frozenset(value for value in values if condition.evaluate({code: value}))
    must = want["points"] == "must"
    return WantInfo(code, met, MUST if must else want["points"], must)

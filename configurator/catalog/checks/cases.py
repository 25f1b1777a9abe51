"""Test cases of a file speak of what is there; whether they hold is seen when they are run."""

from collections.abc import Iterable, Iterator

from configurator.catalog.configuration import value_from_json
from configurator.catalog.content import Content, options_of
from configurator.catalog.modeling import schema_of
from configurator.catalog.problems import Problem, meant, short
from configurator.engine.words import Words as _


def case_problems(cases: Iterable[Content], content: Content) -> Iterator[Problem]:
    """What is wrong with the test cases of a content that is in order itself."""
    values = {variable.name: variable.values for variable in schema_of(content).variables}
    texts = [option["code"] for option in options_of(content) if option["kind"] == "text"]
    parts = [part["code"] for part in content["parts"]]
    seen: set[str] = set()
    for index, case in enumerate(cases):
        here = ("cases", index)
        named = _("The test case “%(name)s”:", name=short(case["name"]))
        if case["name"] in seen:
            yield Problem(
                (*here, "name"),
                _("Two test cases are called “%(name)s”.", name=short(case["name"])),
            )
        seen.add(case["name"])
        for code, value in case["choices"].items():
            if code not in values:
                message = _(
                    "%(named)s there is no option “%(code)s” with values.%(hint)s",
                    named=named,
                    code=short(code),
                    hint=meant(code, values),
                )
                yield Problem((*here, "choices", code), message)
            elif value_from_json(value) not in values[code]:
                hint = meant(str(value), map(str, values[code]))
                message = _(
                    "%(named)s “%(code)s” has no value %(value)s.%(hint)s",
                    named=named,
                    code=code,
                    value=short(value),
                    hint=hint,
                )
                yield Problem((*here, "choices", code), message)
        for kind, known in (("texts", texts), ("parts", parts)):
            for code in case[kind] or ():
                if code not in known:
                    message = _(
                        "%(named)s there is no %(kind)s “%(code)s”.%(hint)s",
                        named=named,
                        kind=kind[:-1],
                        code=short(code),
                        hint=meant(code, known),
                    )
                    yield Problem((*here, kind, code), message)

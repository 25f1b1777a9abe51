"""Test cases of a file speak of what is there; whether they hold is seen when they are run."""

from collections.abc import Iterable, Iterator

from configurator.catalog.configuration import value_from_json
from configurator.catalog.content import Content, options_of
from configurator.catalog.modeling import schema_of
from configurator.catalog.problems import Problem, meant, short


def case_problems(cases: Iterable[Content], content: Content) -> Iterator[Problem]:
    """What is wrong with the test cases of a content that is in order itself."""
    values = {variable.name: variable.values for variable in schema_of(content).variables}
    texts = [option["code"] for option in options_of(content) if option["kind"] == "text"]
    parts = [part["code"] for part in content["parts"]]
    seen: set[str] = set()
    for index, case in enumerate(cases):
        here = ("cases", index)
        named = f"The test case “{short(case['name'])}”:"
        if case["name"] in seen:
            yield Problem((*here, "name"), f"Two test cases are called “{short(case['name'])}”.")
        seen.add(case["name"])
        for code, value in case["choices"].items():
            if code not in values:
                message = (
                    f"{named} there is no option “{short(code)}” with values.{meant(code, values)}"
                )
                yield Problem((*here, "choices", code), message)
            elif value_from_json(value) not in values[code]:
                hint = meant(str(value), map(str, values[code]))
                message = f"{named} “{code}” has no value {short(value)}.{hint}"
                yield Problem((*here, "choices", code), message)
        for kind, known in (("texts", texts), ("parts", parts)):
            for code in case[kind] or ():
                if code not in known:
                    message = (
                        f"{named} there is no {kind[:-1]} “{short(code)}”.{meant(code, known)}"
                    )
                    yield Problem((*here, kind, code), message)

"""Whatever is sent: never a failure of ours, always an answer that the document describes."""

import json
import random
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from configurator.catalog.released import ReleasedProduct
from orders.shop_api.api import api
from tests.effort import often
from tests.shop_api.conftest import Program, told

JUNK: list[Any] = [
    None, True, 0, -1, 2**63, 10**30, 1e300, -0.0, 0.1, "", " ", "\0", "\ud800", "é" * 70,
    "x" * 5000, "brass", "shade", "lamp", "yes", "400", "1e5", "../..", "<b>", "' OR 1=1", "ℝ",
    "\u202e", [], [1], {}, {"a": {}}, "2020-01-01", "9999-99-99", "NaN", "0x1", "٣",
]  # fmt: skip
KNOWN: dict[str, list[Any]] = {
    "product": ["lamp"],
    "option": ["shade", "height", "words", "engraved", "print", "cable_color"],
    "value": ["brass", "black", 400, True, False, "textile", 850.5],
    "begin": ["empty", "showcase"],
    "country": ["PL", "US", "XX"],
    "buyer": ["a-buyer-of-the-brand"],
}


class Sender:
    """Makes requests of the document's operations, right and wrong."""

    def __init__(self, seed: int, design: str) -> None:
        self.rng, self.design = random.Random(seed), design
        self.document = json.loads(json.dumps(api.get_openapi_schema()))

    def value(self, schema: dict[str, Any], name: str = "", depth: int = 0) -> Any:
        """Something that may fit the schema."""
        if self.rng.random() < 0.12 or depth > 5:
            return self.rng.choice(JUNK)
        if name in KNOWN and self.rng.random() < 0.7:
            return self.rng.choice(KNOWN[name])
        if "$ref" in schema:
            shape = self.document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
            return self.value(shape, name, depth)
        if "anyOf" in schema:
            return self.value(self.rng.choice(schema["anyOf"]), name, depth + 1)
        if "enum" in schema:
            return self.rng.choice(schema["enum"])
        return self._typed(schema, depth)

    def _typed(self, schema: dict[str, Any], depth: int) -> Any:
        match schema.get("type"):
            case "object" if "properties" in schema:
                return {
                    name: self.value(each, name, depth + 1)
                    for name, each in schema["properties"].items()
                    if name in schema.get("required", ()) or self.rng.random() < 0.6
                }
            case "object":
                return {str(self.rng.choice(JUNK)): self.rng.choice(JUNK)}
            case "array":
                return [self.value(schema.get("items", {}), "", depth + 1)]
            case "integer":
                return self.rng.choice([0, 1, 2, 99, 10**6])
            case "number":
                return self.rng.choice([0, 1.5, 400])
            case "boolean":
                return self.rng.random() < 0.5
        return self.rng.choice(["2030-01-01", "x", "Ana", "12.50", "yes"])

    def path(self, path: str) -> str:
        parts = {
            "design_id": [self.design, "x"],
            "slug": ["lamp", "nothing"],
            "number": ["1", "9" * 20],
            "token": ["x" * 32, "%00"],
            "option": ["print", "shade", "%F0%9F%90%99"],
        }
        for name, choices in parts.items():
            chosen = choices[0] if self.rng.random() < 0.85 else self.rng.choice(choices)
            path = path.replace(f"{{{name}}}", chosen)
        return path

    def query(self, parameters: list[dict[str, Any]]) -> dict[str, str]:
        asked = [each for each in parameters if each["in"] == "query"]
        found = {each["name"]: self.value(each["schema"], each["name"]) for each in asked}
        return {name: str(value) for name, value in found.items() if "\ud800" not in str(value)}

    def send(self, client: Client, method: str, path: str, told: dict[str, Any]) -> Any:
        mark = self.rng.choice(["*", "*", "*", "", '"0"', "nonsense", '"999"'])
        content: dict[str, Any] = told.get("requestBody", {}).get("content", {})
        schema: dict[str, Any] = next((each["schema"] for each in content.values()), {})
        body = json.dumps(self.value(schema)) if schema else ""
        if self.rng.random() < 0.03:
            body = self.rng.choice(["", "{", "[", "\x00", "nul", '"'])
        address = self.path(path)
        if method == "get":
            return client.get(address, self.query(told.get("parameters", [])))
        kind = "application/json" if self.rng.random() < 0.97 else "text/plain"
        headers = {"if-match": mark} if mark else {}
        return client.generic(method.upper(), address, body, content_type=kind, headers=headers)


@pytest.mark.parametrize("seed", range(often(3)))
def test_every_answer_is_one_that_is_documented(
    seed: int, program: Program, lamp: ReleasedProduct, settings: LazySettings
) -> None:
    sender = Sender(seed, program.begin()["id"])
    client = Client(raise_request_exception=False)
    wrong = []
    for path, methods in sender.document["paths"].items():
        for method, operation in methods.items():
            for _time in range(8):
                answer = sender.send(client, method, path, operation)
                documented = operation["responses"].get(str(answer.status_code))
                kind = answer.get("Content-Type", "").partition(";")[0]
                if documented is None:
                    wrong.append((method, path, answer.status_code, answer.content[:300]))
                elif kind not in documented.get("content", {kind: {}}):
                    wrong.append((method, path, answer.status_code, kind))
                elif answer.status_code >= 400 and not _is_problem(answer):
                    wrong.append((method, path, answer.status_code, answer["Content-Type"]))
    assert wrong == []


def _is_problem(answer: Any) -> bool:
    if answer["Content-Type"] != "application/problem+json":
        return False
    body = told(answer)
    return bool(body["status"] == answer.status_code and body["detail"] and body["code"])

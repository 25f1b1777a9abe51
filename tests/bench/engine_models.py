"""Synthetic models as large as the largest real ones, made from a seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import prod
from random import Random

from configurator.engine import Model, Table, Value, Variable, compile_model


def feature_model(features: int = 2513, cross: int = 700, seed: int = 1) -> Model:
    """A feature tree (mandatory, optional, or, alternative) with cross-tree clauses, as DIMACS
    files of feature models have them. Features are numbered depth-first, so that neighbors by
    number belong together, and cross-tree clauses join neighbors."""
    random = Random(seed)
    names = [f"f{number}" for number in range(features)]
    children: list[list[int]] = [[] for _ in names]
    path = [0]
    for number in range(1, features):
        while len(path) > 1 and (random.random() < 0.35 or len(path) > 7):
            path.pop()
        children[path[-1]].append(number)
        if random.random() < 0.5:
            path.append(number)
    clauses: list[list[int]] = [[1]]
    for parent, below in enumerate(children):
        group = random.choice(("mandatory", "optional", "or", "alternative", "optional"))
        if len(below) > 20:
            group = "optional"
        clauses += _group(parent + 1, [child + 1 for child in below], group, random)
    for _ in range(cross):
        one = random.randrange(1, features)
        two = min(features - 1, one + random.choice((2, 3, 5, 9, 17)))
        if one != two:
            clauses.append([-(one + 1), random.choice((-1, 1, 1)) * (two + 1)])
    variables = tuple(Variable(name, (False, True), "toggle") for name in names)
    rules = []
    for number, clause in enumerate(clauses):
        columns = tuple(names[abs(literal) - 1] for literal in clause)
        row: tuple[Value, ...] = tuple(literal < 0 for literal in clause)
        rules.append(Table(f"clause {number}", columns, (row,), allowed=False))
    return Model(variables, tuple(rules))


def _group(parent: int, below: list[int], kind: str, random: Random) -> list[list[int]]:
    clauses = [[-child, parent] for child in below]
    if kind == "mandatory":
        clauses += [[-parent, child] for child in below if random.random() < 0.6]
    elif kind in ("or", "alternative") and below:
        clauses.append([-parent, *below])
    if kind == "alternative":
        clauses += [[-a, -b] for i, a in enumerate(below) for b in below[:i]]
    return clauses


def car_line(options: int = 268, tuples: int = 226_000, seed: int = 2, width: int = 9) -> Model:
    """Tables inside the bags of a random tree decomposition, around hidden products."""
    random = Random(seed)
    sizes = [random.choice((2, 2, 2, 2, 3, 4, 5, 8, 14)) for _ in range(options)]
    sizes[0] = 60
    hidden = [[random.randrange(size) for size in sizes] for _ in range(3)]
    bags = [[0]]
    for number in range(1, options):
        bag = random.choice([*bags[-12:], bags[0]])
        bags.append([number, *random.sample(bag, min(len(bag), width - 1))])
    rules: list[Table] = []
    total = 0
    variables = tuple(
        Variable(f"v{number}", tuple(str(v) for v in range(size)))
        for number, size in enumerate(sizes)
    )
    while total < tuples:
        bag = bags[len(rules) % options]
        scope = random.sample(bag, min(len(bag), random.choice((2, 2, 3, 4, 5))))
        space = 1
        for number in scope:
            space *= sizes[number]
        if len(scope) < 2:
            scope = [0, 1]
            space = sizes[0] * sizes[1]
        rows = {tuple(one[number] for number in scope) for one in hidden}
        for _ in range(min(4000, int(space * random.uniform(0.2, 0.9)))):
            rows.add(tuple(random.randrange(sizes[number]) for number in scope))
        total += len(rows)
        named = tuple(f"v{number}" for number in scope)
        values = tuple(tuple(str(v) for v in row) for row in sorted(rows))
        rules.append(Table(f"table {len(rules)}", named, values))
    return Model(variables, tuple(rules))


def wide_car_line(options: int = 268, tuples: int = 226_000, seed: int = 3) -> Model:
    """As many tuples in looser tables, so that the diagram becomes large."""
    random = Random(seed)
    sizes = [random.choice((2, 2, 2, 2, 3, 4, 5, 8, 14)) for _ in range(options)]
    sizes[0] = 40
    hidden = [[random.randrange(size) for size in sizes] for _ in range(40)]
    bags = [[0]]
    for number in range(1, options):
        bag = random.choice(bags[-20:])
        bags.append([number, *random.sample(bag, min(len(bag), 4))])
    variables = tuple(
        Variable(f"v{number}", tuple(str(v) for v in range(size)))
        for number, size in enumerate(sizes)
    )
    rules: list[Table] = []
    total = turn = 0
    while total < tuples:
        bag = bags[turn % options]
        turn += 1
        scope = random.sample(bag, min(len(bag), random.choice((2, 3, 3, 4, 4))))
        domains = [range(sizes[number]) for number in scope]
        if len(scope) < 2 or prod(map(len, domains)) > 6000:
            continue
        share = random.uniform(0.5, 0.95)
        kept = {tuple(one[number] for number in scope) for one in hidden}
        rows = [row for row in product(*domains) if row in kept or random.random() < share]
        total += len(rows)
        named = tuple(f"v{number}" for number in scope)
        values = tuple(tuple(str(v) for v in row) for row in rows)
        rules.append(Table(f"table {len(rules)}", named, values))
    return Model(variables, tuple(rules))


def coupled_line(one: Model, copies: int = 2, seed: int = 1, versions: int = 324) -> Model:
    """Copies of a real car line, coupled: each version allows some combinations of the columns
    with most values, and tables join the same few columns of two copies.

    Some designs of the copies are kept everywhere, so that there are products.
    """
    random = Random(seed)
    space = compile_model(one)
    seeds = [[random.randrange(1 << 30) for _ in range(300)] for _ in range(copies)]
    designs = [[space.random(seed) for seed in own] for own in seeds]
    kept = [[random.choice(own) for own in designs] for _ in range(40)]
    live = {v.name: len({str(design[v.name]) for design in designs[0]}) for v in one.variables}
    scopes = [[name for name in rule.columns if live[name] > 1] for rule in _tables(one)]
    scopes = [scope for scope in scopes if len(scope) > 1]
    variables = [Variable("version", tuple(str(number) for number in range(versions)))]
    rules: list[Table] = []
    for copy, own in enumerate(designs):
        variables += [Variable(f"{copy}.{v.name}", v.values, v.kind) for v in one.variables]
        rules += [
            Table(f"{copy}.{t.name}", _of(copy, t.columns), t.rows, t.allowed) for t in _tables(one)
        ]
        widest = sorted(live, key=lambda name: -live[name])
        scope = random.choice(scopes)[:6] if copy else widest[:6]
        rows = {(str(n % versions), *_row(car[copy], scope)) for n, car in enumerate(kept)}
        for version in range(versions):
            rows |= {(str(version), *_row(random.choice(own), scope)) for _ in range(100)}
        columns = ("version", *_of(copy, scope))
        rules.append(Table(f"versions {copy}", columns, tuple(sorted(rows, key=str))))
    for number in range(8):
        here, there = random.sample(range(copies), 2)
        scope = random.choice(scopes)[:3]
        left, right = (
            sorted({_row(car, scope) for car in designs[copy]}, key=str) for copy in (here, there)
        )
        pairs = {(*a, *b) for a in left for b in right if random.random() < 0.8}
        pairs |= {(*_row(car[here], scope), *_row(car[there], scope)) for car in kept}
        columns = (*_of(here, scope), *_of(there, scope))
        rules.append(Table(f"link {number}", columns, tuple(sorted(pairs, key=str))))
    return Model(tuple(variables), tuple(rules))


def _tables(model: Model) -> list[Table]:
    return [rule for rule in model.rules if isinstance(rule, Table)]


def _of(copy: int, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{copy}.{name}" for name in names)


def _row(design: Mapping[str, Value], scope: Sequence[str]) -> tuple[Value, ...]:
    return tuple(design[name] for name in scope)

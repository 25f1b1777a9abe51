"""Synthetic models as large as the largest real ones, made from a seed."""

from __future__ import annotations

from itertools import product
from math import prod
from random import Random

from configurator.engine import Model, Table, Value, Variable


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

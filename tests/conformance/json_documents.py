"""Documents as JSON, made from what the catalog says of a type, and spoilt one or a few places at a time."""
import json
import re
from dataclasses import dataclass, field

ALWAYS_FILLED_IN = {"guid", "appTime", "appType"}
APP_STATUS_FILLED_IN = {"CEB303Message", "CEB403Message", "CEB505Message", "CEB311Message", "CEB411Message", "CEB511Message",
                        "CEB513Message"}
COP_NO_FILLED_IN = {"CEB621Message", "CEB623Message", "CEB625Message", "CEB711Message"}

PLAIN_WHOLE = re.compile(r"-?(?:[1-9][0-9]{0,14}|0)(?<!-0)")
PLAIN_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]*[1-9]")
FAR_BEYOND_ANY_LIMIT = 150  # rows, where the schema sets none


@dataclass(frozen=True)
class Number:
    """A JSON number by the characters it is written with."""

    text: str

    @property
    def is_distorted(self):
        digits = re.sub(r"^[-0.]*|\.", "", self.text)
        return "e" in self.text.lower() or len(digits) > 15

    @property
    def value(self):
        return int(self.text) if re.fullmatch(r"-?[0-9]+", self.text) else float(self.text)


def written(value):
    if isinstance(value, Number):
        return value.text
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(name)}:{written(member)}" for name, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(written, value)) + "]"
    return json.dumps(value)


def copied(value):
    if isinstance(value, dict):
        return {name: copied(member) for name, member in value.items()}
    return [copied(item) for item in value] if isinstance(value, list) else value


def with_numbers_as(change, value):
    if isinstance(value, dict):
        return {name: with_numbers_as(change, member) for name, member in value.items()}
    if isinstance(value, list):
        return [with_numbers_as(change, item) for item in value]
    return change(value) if isinstance(value, Number) else value


def numbers_in(value):
    if isinstance(value, (dict, list)):
        for member in value.values() if isinstance(value, dict) else value:
            yield from numbers_in(member)
    elif isinstance(value, Number):
        yield value


# ---- a type's shape, from /v1/catalog/{type} ----


@dataclass
class Node:
    about: dict
    is_head: bool = False
    children: list = field(default_factory=list)

    def __getattr__(self, name):
        return self.about.get(name)

    @property
    def is_field(self):
        return self.about["kind"] == "field"

    @property
    def least_characters(self):
        return self.length or self.min_length or 0

    @property
    def most_characters(self):
        return self.length or self.max_length

    @property
    def facets(self):
        return json.dumps([self.base, self.format, self.fixed, self.default, self.collapses_white_space])


def shape_of(page):
    """The business node with everything in it."""
    by_path = {}
    for about in page["fields"]:
        node = by_path[about["path"]] = Node(about)
        parent = by_path.get(about["path"].rpartition("/")[0])
        if parent is not None and about["kind"] in ("field", "container"):
            parent.children.append(node)
    root = by_path[page["business_node"]]
    head = next((child for child in root.children if child.name == page["head"]), root)
    head.is_head = True
    return root


def is_filled_in(page, parent, node):
    if not parent.is_head or page["kind"] != "declaration":
        return False
    return (
        node.name in ALWAYS_FILLED_IN
        or (node.name == "appStatus" and page["name"] in APP_STATUS_FILLED_IN)
        or (node.name == "copNo" and page["name"] in COP_NO_FILLED_IN)
    )


def a_value(node):
    if node.fixed is not None:
        return node.fixed
    if node.base != "string":
        return "1"
    return ("A单𠮷b" * 10)[: node.length or max(node.least_characters, 1)]


def full(node):
    """Everything that may stand in the node, one row in each list."""
    if node.is_field:
        return a_value(node)
    return {child.name: [full(child)] if child.repeats else full(child) for child in node.children}


def least(page, node):
    """What the ERP has to say, and nothing else."""
    if node.is_field:
        return a_value(node)
    wanted = (child for child in node.children if child.required and not is_filled_in(page, node, child))
    return {child.name: [least(page, child)] if child.repeats else least(page, child) for child in wanted}


def without_filled_in(page, root, document):
    """The document without what need not be said."""
    changed = copied(document)
    head = changed[page["head"]] if page["head"] else changed
    node = next((child for child in root.children if child.name == page["head"]), root)
    for child in node.children:
        if is_filled_in(page, node, child):
            head.pop(child.name, None)
    return changed


# ---- values that are at the limits of a field, or beyond ----

WRONG_KINDS = (None, True, False, {}, [], ["1"], {"a": "b"})
NO_XML = ("\x00", "\x1f", "\ufffe")
ODD_NUMBERS = ("1.0", "1.50", "-0", "1e3", "1E-2", "1234567890123456", "0.1234567890123456", "100000000000000.00")
PLAIN_NUMBERS = ("0", "1", "-1", "12", "142", "1.5", "-2.25", "999999999999999", "-123456789012345")


def texts(node):
    least_of, most = node.least_characters, node.most_characters
    lengths = {0, 1, least_of - 1, least_of, least_of + 1}
    lengths |= {5000} if most is None else {most - 1, most, most + 1}
    for length in sorted(lengths):
        if length >= 0:
            yield ("A单𠮷b" * length)[:length]
    inside = max((most or 10) - 2, 1)
    yield from (" ", "\n", "  ", "\t" + "x" * inside + "\r\n", "x" + " " * (inside + 3) + "y", " " + "x" * (inside + 2) + "\n")
    yield from ("x" * max(inside - 1, 0) + character for character in NO_XML)


def whole_numbers(node):
    yield from ("", " ", "0", "-0", "+1", "007", "abc", "1.0", "1.", "1e3", "１", "--1", "1 2", " 1", "1\n", "-")
    yield from ("2147483647", "2147483648", "-2147483648", "-2147483649", "002147483648", "1999999999", "9" * 30)
    digits = node.total_digits or 10
    yield from (sign + "9" * count for sign in ("", "-", "+00") for count in (digits, digits + 1))


def decimals(node):
    yield from ("", " ", "0", "-0", "+1.5", ".5", "5.", "-.5", ".", "+", "abc", "1e3", "1,5", "NaN", "１", "1.2.3")
    yield from (" 1.5\n", "1 5", "1.5" + "0" * 22, "1.5" + "0" * 23, "0" * 30 + "1", "0." + "0" * 24, "0." + "0" * 25)
    total, fraction = node.total_digits or 19, node.fraction_digits or 5
    for count in (fraction - 1, fraction, fraction + 1):
        yield from ("0." + "0" * (count - 1) + "1", "1." + "0" * count + "0", "7." + "3" * count)
    for count in (total - 1, total, total + 1):
        whole = "9" * (count - fraction)
        yield from ("9" * count, "-" + "9" * count, whole + "." + "9" * fraction, "0" + whole + "." + "9" * fraction + "0")


def values(node):
    kinds = {"integer": whole_numbers, "decimal": decimals}
    yield from kinds.get(node.base, texts)(node)
    yield from WRONG_KINDS
    numbers = set(PLAIN_NUMBERS + ODD_NUMBERS)
    for count in {node.least_characters, node.most_characters or 1, node.total_digits or 1}:
        numbers |= {"9" * max(count, 1), "1" + "0" * count, "-" + "9" * max(count - 1, 1), "1" + "0" * max(count - 1, 0)}
    yield from map(Number, sorted(numbers))
    if node.fixed is not None:
        yield from (node.fixed, node.fixed + " ", Number("142"), Number("143"))


# ---- spoiling ----


@dataclass
class Case:
    what: str
    type: str
    document: object

    def item(self, enterprise):
        return f'{{"type":"{self.type}","enterprise":"{enterprise}","document":{written(self.document)}}}'


def places(document, node, address=()):
    """(address of the object, its node) for every object of the document."""
    yield address, node
    for child in node.children:
        if child.is_field or child.name not in document:
            continue
        value = document[child.name]
        for index, item in enumerate(value) if isinstance(value, list) else ((None, value),):
            if isinstance(item, dict):
                yield from places(item, child, address + ((child.name,) if index is None else (child.name, index)))


def at(document, address):
    for step in address:
        document = document[step]
    return document


def with_member(document, address, name, value):
    changed = copied(document)
    at(changed, address)[name] = value
    return changed


def without_member(document, address, name):
    changed = copied(document)
    at(changed, address).pop(name, None)
    return changed


def list_values(node, row):
    most = node.most or FAR_BEYOND_ANY_LIMIT
    yield from ([], [row] * most, [row] * (most + 1), row, "x", None, [None], [[]], ["x"], [row, 7], {"0": row})


class Spoiler:
    """The ways to spoil a document of one type."""

    def __init__(self, page):
        self.page, self.root = page, shape_of(page)
        self.full, self.least = full(self.root), least(page, self.root)

    def case(self, what, document):
        return Case(f"{self.page['name']}: {what}", self.page["name"], document)

    def without_each(self):
        for address, node in places(self.least, self.root):
            for name in at(self.least, address):
                yield self.case(f"without {address} {name}", without_member(self.least, address, name))
            yield self.case(f"unknown in {address}", with_member(self.least, address, "unheardOf", "1"))

    def each_structure(self):
        yield from (self.case(f"is {value!r}", value) for value in (None, [], "x", Number("1"), {}))
        for address, node in places(self.least, self.root):
            for child in node.children:
                if child.is_field:
                    continue
                row = least(self.page, child)
                found = list_values(child, row) if child.repeats else (*WRONG_KINDS, "x", [row])
                for value in found:
                    what = f"{child.name} as {written(value)[:40]}"
                    yield self.case(what, with_member(self.least, address, child.name, value))

    def each_value(self, seen):
        """Every value at the limits of one field for each combination of facets that is not in `seen` yet."""
        for address, node in places(self.least, self.root):
            for child in node.children:
                if not child.is_field or child.facets in seen:
                    continue
                seen.add(child.facets)
                for value in values(child):
                    what = f"{child.name} = {written(value)[:60]}"
                    yield self.case(what, with_member(self.least, address, child.name, value))

    def at_random(self, base, chance):
        """One to three places changed."""
        document, done = copied(base), []
        for _ in range(chance.randint(1, 3)):
            address, node = chance.choice(list(places(document, self.root)))
            if not node.children:
                continue
            child = chance.choice(node.children)
            how = chance.choice(("value", "value", "value", "good", "absent", "unknown"))
            if how == "absent":
                at(document, address).pop(child.name, None)
            elif how == "unknown":
                at(document, address)[child.name + chance.choice("sX_")] = chance.choice(["1", Number("1"), {}, []])
            elif how == "good":
                at(document, address)[child.name] = [full(child)] if child.repeats else full(child)
            elif child.is_field:
                at(document, address)[child.name] = chance.choice(list(values(child)))
            else:
                at(document, address)[child.name] = chance.choice(list(list_values(child, least(self.page, child))))
            done.append(f"{how} {child.name}")
        return self.case(", ".join(done), document)

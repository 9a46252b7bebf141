"""Spoils messages, one place at a time or several, and says by the facts what the verdict must be and which place the
fault must name.
"""
from dataclasses import dataclass

from expectation import allows, path_of, path_of_absent, prefix_of
from facts import UNBOUNDED
from xml_tree import Element

FAR_BEYOND_ANY_LIMIT = 150  # rows, where the schema sets none


@dataclass
class Case:
    what: str
    message: Element
    valid: bool
    paths: tuple  # the fault names one of them; empty: nothing is said of the place


# ---- what a message is spoilt from ----


def repaired(message):
    """The official sample as it was meant: NOTES.md §8."""
    if message.name == "ceb:CEB214":
        message.name = "ceb:CEB214Message"
        for node in message.children:
            node.children = [child for child in node.children if child.name != "ceb:appSenderId"]
    transfers = [child for child in message.children if child.name == "ceb:BaseTransfer"]
    if len(transfers) > 1:
        message.children.remove(transfers[1])
    return message


def with_missing_numbers(root, message):
    """CEB792 as edition 202205 wants it: the sample's rows have no gseqno."""
    shape = root.child("SummaryResult").child("SummaryResultList")
    for result in message.children:
        for row in result.children:
            if row.name == "ceb:SummaryResultList":
                put_in_its_place(shape, row, made(shape.child("gseqno")))
    return message


def trimmed(node, element, most):
    """At most so many of everything that repeats, so that the files stay small."""
    kept = []
    for child in element.children:
        shape = node.child(child.local_name)
        if shape.most > 1 and sum(1 for sibling in kept if sibling.name == child.name) >= most:
            continue
        kept.append(trimmed(shape, child, most) if child.raw is None else child)
    element.children = kept
    return element


def text_of_length(length):
    return ("A单𠮷b"[:3] * length)[:length]


def a_value(node):
    if node.fixed is not None:
        return node.fixed
    if node.base in ("xs:int", "xs:decimal"):
        return "1"
    return text_of_length(node.length or node.minLength or 1)


def made(node):
    element = Element(prefix_of(node) + node.name)
    if node.kind == "any":
        return Element("x:anything", "", [Element("x:inside", "text", [], {"a": "b"})])
    if node.kind == "field":
        element.text = a_value(node)
    element.attributes = {attribute.name[1:]: a_value(attribute) for attribute in node.attributes}
    return filled(node, element)


def order_of(node, child):
    known = node.child(child.local_name)
    return node.children.index(known) if known in node.children else len(node.children)


def put_in_its_place(node, parent, child):
    place = order_of(node, child)
    at = sum(1 for sibling in parent.children if order_of(node, sibling) <= place)
    parent.children.insert(at, child)


def filled(node, element):
    """The element with everything that may stand in it, but no signature that was not there."""
    for child in node.children:
        found = [sibling for sibling in element.children if sibling.name == prefix_of(child) + child.name]
        for sibling in found:
            if sibling.raw is None:
                filled(child, sibling)
        if child.kind == "any" and not element.children:
            element.children.append(made(child))
        elif not found and child.kind in ("field", "container"):
            put_in_its_place(node, element, made(child))
    return element


# ---- one place at a time ----


def string_values(node):
    least, most = node.length or node.minLength or 0, node.length or node.maxLength
    lengths = {0, least - 1, least, least + 1}
    lengths |= {5000} if most is None else {most - 1, most, most + 1}
    yield from (text_of_length(length) for length in sorted(lengths) if length >= 0)
    yield from ("  ", text_of_length(max((most or 10) - 1, 0)) + "\n", " " + text_of_length(most or 10) + "\t")
    if node.fixed is not None:
        yield from (node.fixed, node.fixed + " ", node.fixed[:-1] + "3", "7" * len(node.fixed))


def whole_numbers(node):
    yield from ("", "0", "1", "-1", "+1", "007", "abc", "1.0", "1.", "1e3", "0x1", "１", "--1", "1 2", "99999")
    yield from ("2147483647", "2147483648", "-2147483648", "-2147483649")
    if node.totalDigits is not None:
        yield from (sign + "9" * digits for sign in ("", "-") for digits in (node.totalDigits, node.totalDigits + 1))
    # No white space round it: the standard would drop that, but libxml2, which gave the official verdicts, does not.


def decimals(node):
    yield from ("", " ", "0", "-0", "+1.5", ".5", "5.", "-.5", ".", "+", "abc", "1e3", "1,5", "NaN", "INF", "1.2.3", "１")
    yield from (" 1.5\n", "1 5", "1.500000000")
    total, fraction = node.totalDigits, node.fractionDigits
    if fraction is not None:
        yield from ("0." + "0" * (digits - 1) + "1" for digits in (fraction - 1, fraction, fraction + 1))
    if total is not None:
        yield from ("9" * digits for digits in (total - 1, total, total + 1))
        yield from ("9" * (digits - (fraction or 0)) + "." + "9" * (fraction or 0) for digits in (total, total + 1))


def values(node):
    return {"xs:int": whole_numbers, "xs:decimal": decimals}.get(node.base, string_values)(node)


class Single:
    """Every mutation of one place of a message that is valid as it stands."""

    def __init__(self, root, message):
        self.root, self.message = root, message

    def case(self, what, change, *addresses, paths=()):
        """`addresses`: where the fault may be said to be, in the message after the change."""
        message = self.message.copy()
        change(message)
        found = tuple(path_of(self.root, message, address) for address in addresses)
        return Case(f"{self.root.name}: {what}", message, allows(self.root, message), found + tuple(paths))

    def all(self):
        yield self.case("as it is", lambda message: None)
        yield from self.attributes()
        yield from self.containers(self.root, ())

    def attributes(self):
        root = "/" + self.message.name
        for attribute in self.root.attributes:
            name = attribute.name[1:]
            path = (root + "/" + attribute.name,)
            yield self.case(f"without @{name}", lambda message: message.attributes.pop(name), paths=path)
            for value in string_values(attribute):
                if value != value.strip() or "\n" in value:
                    continue
                yield self.case(
                    f"@{name} of {len(value)}", lambda message: message.attributes.update({name: value}), paths=path
                )
        extra = (root + "/@unheardOf",)
        yield self.case("@unheardOf", lambda message: message.attributes.update({"unheardOf": "1"}), paths=extra)

    def containers(self, node, address):
        yield from self.inside_of(node, address)
        for child in node.children:
            at = self.first(address, child)
            if at is None:
                continue
            yield from self.occurrences(node, child, address, at)
            if child.kind == "field":
                yield from self.field(child, at)
            elif child.kind == "container":
                yield from self.containers(child, at)

    def first(self, address, child):
        for index, element in enumerate(self.message.at(address).children):
            if child.kind == "any" or element.name == prefix_of(child) + child.name:
                return (*address, index)
        return None

    def inside_of(self, node, address):
        what = path_of(self.root, self.message, address)
        yield self.case(f"text in {what}", lambda message: setattr(message.at(address), "text", " x "), address)
        holds_any = any(child.kind == "any" for child in node.children)
        unknown = "x:one_more" if holds_any else "ceb:unheardOf"
        for at in (0, len(self.message.at(address).children)):
            yield self.case(
                f"an unknown element at {at} of {what}",
                lambda message: message.at(address).children.insert(at, Element(unknown, "1")),
                (*address, 1 if holds_any else at),
            )

    def field(self, node, at):
        what = path_of(self.root, self.message, at)
        for value in values(node):
            yield self.case(
                f"{what} = {value[:30]!r}, {len(value)} characters",
                lambda message: setattr(message.at(at), "text", value),
                at,
            )
        inside = [Element("ceb:unheardOf", "1")]
        yield self.case(f"an element in {what}", lambda message: setattr(message.at(at), "children", inside), at)
        yield self.case(
            f"an attribute on {what}",
            lambda message: message.at(at).attributes.update({"unheardOf": "1"}),
            paths=(what + "/@unheardOf",),
        )
        yield self.case(
            f"another namespace of {what}", lambda message: setattr(message.at(at), "name", "x:" + node.name), at
        )

    def occurrences(self, parent, node, address, at):
        what, index = path_of(self.root, self.message, at), at[-1]
        if node.kind == "any":
            yield self.case(f"without {what}", lambda message: message.at(address).children.clear())
            return
        yield self.absent(node, address, what)
        count = sum(1 for sibling in self.message.at(address).children if sibling.name == self.message.at(at).name)
        yield self.so_many(node, address, index, count + 1, what)
        if node.most > 1:
            for most in (FAR_BEYOND_ANY_LIMIT,) if node.most == UNBOUNDED else (node.most, node.most + 1):
                yield self.so_many(node, address, index, most, what)
        yield from self.moved(address, index, what)

    def absent(self, node, address, what):
        name = prefix_of(node) + node.name

        def change(message):
            parent = message.at(address)
            parent.children = [child for child in parent.children if child.name != name]

        return self.case(f"without {what}", change, paths=[path_of_absent(self.root, self.message, address, node)])

    def so_many(self, node, address, index, count, what):
        name = prefix_of(node) + node.name

        def change(message):
            children = message.at(address).children
            have = sum(1 for child in children if child.name == name)
            children[index:index] = [children[index].copy() for _ in range(count - have)]

        return self.case(f"{count} times {what}", change, (*address, index + min(node.most, count - 1)))

    def moved(self, address, index, what):
        """Behind its next sibling of another name, and to either end."""
        siblings = self.message.at(address).children
        if sum(1 for sibling in siblings if sibling.name == siblings[index].name) > 1:
            return
        for to in {0, index + 1, len(siblings) - 1} - {index}:
            if to >= len(siblings):
                continue

            def change(message):
                children = message.at(address).children
                children.insert(to, children.pop(index))

            neighbour = (index,) if abs(to - index) == 1 else ()
            yield self.case(
                f"{what} moved from {index} to {to}", change, (*address, to), *((*address, at) for at in neighbour)
            )


# ---- several at once ----


class Random:
    def __init__(self, root, random):
        self.root, self.random = root, random

    def spoilt(self, sample):
        message, done = sample.copy(), []
        changes = {self.change: 10, self.drop: 3, self.repeat: 3, self.swap: 2, self.rename: 1}
        changes |= {self.add_unknown: 1, self.add_attribute: 1, self.add_text: 1}
        for change in self.random.choices(list(changes), list(changes.values()), k=self.random.randint(1, 4)):
            address, node = self.somewhere(message)
            if node is not None:
                done.append("/".join(map(str, address)) + f" {node.name} {change(message, address, node)}")
        return Case(f"{self.root.name}: {', '.join(done)}", message, allows(self.root, message), ())

    def somewhere(self, message):
        """The address of an element that the facts know, and its node: not the root, nothing in a signature."""
        places = []

        def collect(element, node, address):
            for index, child in enumerate(element.children):
                shape = node.child(child.local_name)
                if child.raw is None and shape is not None:
                    places.append(((*address, index), shape))
                    collect(child, shape, (*address, index))

        collect(message, self.root, ())
        return self.random.choice(places) if places else ((), None)

    def change(self, message, address, node):
        if node.kind != "field":
            return "left"
        value = self.random.choice([a_value(node), *values(node)])
        message.at(address).text = value
        return f"= {value[:30]!r}, {len(value)} characters"

    def drop(self, message, address, _):
        message.at(address[:-1]).children.pop(address[-1])
        return "dropped"

    def repeat(self, message, address, _):
        children = message.at(address[:-1]).children
        children.insert(address[-1], children[address[-1]].copy())
        return "twice"

    def swap(self, message, address, _):
        children = message.at(address[:-1]).children
        other = self.random.randrange(len(children))
        children[address[-1]], children[other] = children[other], children[address[-1]]
        return f"swapped with {other}"

    def rename(self, message, address, node):
        element = message.at(address)
        element.name = self.random.choice(["x:" + node.name, "ceb:" + node.name.swapcase(), "ceb:note"])
        return f"renamed {element.name}"

    def add_unknown(self, message, address, _):
        message.at(address[:-1]).children.insert(address[-1], Element("ceb:unheardOf", "1"))
        return "behind an unknown one"

    def add_attribute(self, message, address, _):
        message.at(address).attributes["unheardOf"] = "1"
        return "with an attribute"

    def add_text(self, message, address, node):
        element = message.at(address)
        element.text += "x" if node.base == "xs:int" else self.random.choice([" ", "\n\t", "x"])
        return f"with {element.text[-1]!r} more"

"""What the official schema would say of a message, computed from the facts: XML Schema 1.0 as far as the facts use it
(sequences, lengths in characters, white space, xs:int, xs:decimal, digits, fixed and default values, attributes), and how
faults name a place.
"""
import re

WHITE = " \t\r\n"


def collapsed(text):
    return " ".join(part for part in re.split("[" + WHITE + "]+", text) if part)


def digits_of(text):
    """Digits before and after the point without needless zeros."""
    whole, _, fraction = text.lstrip("+-").partition(".")
    return whole.lstrip("0"), fraction.rstrip("0")


def is_number(node, text):
    form = r"[+-]?\d+" if node.base == "xs:int" else r"[+-]?(\d+(\.\d*)?|\.\d+)"
    if not re.fullmatch(form, text, re.ASCII):
        return False
    if node.base == "xs:int" and not -(2**31) <= int(text) < 2**31:
        return False
    whole, fraction = digits_of(text)
    if node.totalDigits is not None and len(whole) + len(fraction) > node.totalDigits:
        return False
    return node.fractionDigits is None or len(fraction) <= node.fractionDigits


def allows_text(node, text):
    if text == "" and (node.default is not None or node.fixed is not None):
        return True
    value = collapsed(text) if node.collapses else text
    if node.base in ("xs:int", "xs:decimal"):
        return is_number(node, value)
    if node.fixed is not None and value != node.fixed:
        return False
    if node.length is not None and len(value) != node.length:
        return False
    if node.minLength is not None and len(value) < node.minLength:
        return False
    return node.maxLength is None or len(value) <= node.maxLength


def allows_attributes(node, element):
    declared = {attribute.name[1:]: attribute for attribute in node.attributes}
    if any(attribute.least and name not in element.attributes for name, attribute in declared.items()):
        return False
    return all(name in declared and allows_text(declared[name], value) for name, value in element.attributes.items())


def prefix_of(node):
    return "ds:" if node.kind == "ref" else "ceb:"


def allows_children(node, element):
    at = 0
    for child in node.children:
        name, count = prefix_of(child) + child.name, 0
        while at < len(element.children) and count < child.most:
            found = element.children[at]
            if child.kind != "any" and (found.name != name or not allows(child, found)):
                break
            at, count = at + 1, count + 1
        if count < child.least:
            return False
    return at == len(element.children)


def allows(node, element):
    if node.kind == "ref":
        return True
    if not allows_attributes(node, element):
        return False
    if node.kind == "field":
        return not element.children and allows_text(node, element.text)
    return not element.text.strip(WHITE) and allows_children(node, element)


def node_at(root, message, address):
    """The node of the element there; nothing for an element that the facts do not know."""
    node, element = root, message
    for index in address:
        element = element.children[index]
        node = node.child(element.local_name) if node is not None else None
    return node


def path_of(root, message, address):
    """/ceb:CEB311Message/ceb:Order[2]/ceb:OrderHead: a position behind what may repeat, and behind a second one."""
    path, node, parent = "/" + message.name, root, message
    for index in address:
        element = parent.children[index]
        node = node.child(element.local_name) if node is not None else None
        position = sum(1 for sibling in parent.children[: index + 1] if sibling.name == element.name)
        path += "/" + element.name
        if position > 1 or (node is not None and node.most > 1):
            path += f"[{position}]"
        parent = element
    return path


def path_of_absent(root, message, address, child):
    return path_of(root, message, address) + "/" + prefix_of(child) + child.name + ("[1]" if child.most > 1 else "")

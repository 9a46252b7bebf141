"""CEB messages as trees that a test can spoil. A Signature is kept as text; everything else as elements whose names carry
the prefix ceb, or x for an element of no schema.
"""
import xml.etree.ElementTree as ElementTree
from xml.sax.saxutils import escape, quoteattr

CEB = "{http://www.chinaport.gov.cn/ceb}"
DSIG = "{http://www.w3.org/2000/09/xmldsig#}"
NAMESPACES = (
    'xmlns:ceb="http://www.chinaport.gov.cn/ceb" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:x="urn:x"'
)

ElementTree.register_namespace("ds", DSIG[1:-1])


class Element:
    __slots__ = ("name", "text", "children", "attributes", "raw")

    def __init__(self, name, text="", children=None, attributes=None, raw=None):
        self.name = name  # "ceb:orderNo"
        self.text = text  # stands before the children
        self.children = children if children is not None else []
        self.attributes = attributes if attributes is not None else {}
        self.raw = raw  # the whole element as XML text, of a Signature

    def copy(self):
        children = [child.copy() for child in self.children]
        return Element(self.name, self.text, children, dict(self.attributes), self.raw)

    @property
    def local_name(self):
        return self.name.partition(":")[2]

    def at(self, address):
        element = self
        for index in address:
            element = element.children[index]
        return element


def element_of(parsed):
    if parsed.tag == DSIG + "Signature":
        parsed.tail = None
        return Element("ds:Signature", raw=ElementTree.tostring(parsed, encoding="unicode"))
    children = [element_of(child) for child in parsed]
    text = "" if children else parsed.text or ""
    return Element(parsed.tag.replace(CEB, "ceb:"), text, children, dict(parsed.attrib))


def read(file):
    return element_of(ElementTree.parse(file).getroot())


def append(parts, element, namespaces):
    if element.raw is not None:
        parts.append(element.raw)
        return
    parts.append("<" + element.name + namespaces)
    for name, value in element.attributes.items():
        parts.append(" " + name + "=" + quoteattr(value, {"\n": "&#10;"}))
    parts.append(">" + escape(element.text, {"\r": "&#13;"}))
    for child in element.children:
        append(parts, child, "")
    parts.append("</" + element.name + ">\n")


def written(root):
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n']
    append(parts, root, " " + NAMESPACES)
    return "".join(parts).encode("utf-8")

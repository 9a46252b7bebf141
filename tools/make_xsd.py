#!/usr/bin/env python3
"""Makes the XSD of one direction of one edition: make_xsd.py TABLE... > import.xsd

A TABLE is schemas/messages/EDITION/DIRECTION.tsv, whose head says what its columns mean; rows of a later table stand for
those of an earlier one. Formats become named types under the specification's own words (C..60, N19,5).
"""
import re
import sys
from xml.sax.saxutils import quoteattr

COLUMNS = ["node", "child", "format", "occurs", "value", "name_zh"]
MESSAGE = re.compile(r"CEB\d{3}Message$")
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!-- Made by tools/make_xsd.py from %s.
     Element order is binding; names are spelt as customs spells them. -->
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:ceb="http://www.chinaport.gov.cn/ceb"
           xmlns:ds="http://www.w3.org/2000/09/xmldsig#" targetNamespace="http://www.chinaport.gov.cn/ceb"
           elementFormDefault="qualified" attributeFormDefault="unqualified">
  <xs:import namespace="http://www.w3.org/2000/09/xmldsig#" schemaLocation="xmldsig.xsd"/>
"""


class Tables:
    """The rows of every table: {node: {child: (format, occurs, value, name_zh)}} in the first table's order."""

    def __init__(self, files):
        self.nodes = {}
        for file in files:
            with open(file, encoding="utf-8") as text:
                rows = [line.rstrip("\n").split("\t") for line in text if line.strip() and not line.startswith("#")]
            if rows[0] != COLUMNS:
                sys.exit(f"{file}: the columns must be {' '.join(COLUMNS)}")
            for row in rows[1:]:
                if len(row) != len(COLUMNS):
                    sys.exit(f"{file}: {len(row)} cells, not {len(COLUMNS)}: {row}")
                self.take(file, *row)

    def take(self, file, node, child, form, occurs, value, name_zh):
        children = self.nodes.setdefault(node, {})
        if form == "absent":
            gone = self.nodes.pop(node) if not child else children.pop(child, None)
            if not gone:
                sys.exit(f"{file}: {node} {child} is not there, so it cannot be absent")
            return
        inherited = children[child][3] if child in children else ""
        children[child] = (form, occurs, value, name_zh or inherited)

    def messages(self):
        return [node for node in self.nodes if MESSAGE.match(node)]

    def node(self, message, child):
        own = f"{message}/{child}"
        name = own if own in self.nodes else child
        if name not in self.nodes:
            sys.exit(f"the node {name} has no rows")
        return name


def occurrence(occurs):
    least, _, most = occurs.partition("..")
    most = most or least
    text = "" if least == "1" else f' minOccurs="{least}"'
    return text if most == "1" else text + f' maxOccurs="{"unbounded" if most == "n" else most}"'


def type_name(form, value):
    return "ceb:" + form.replace(",", ".") + ("-collapse" if value == "collapse" else "")


def facets(form):
    """The base type and the facets that a format of the specification stands for."""
    if form == "int":
        return "xs:int", {}
    if match := re.fullmatch(r"N(\d+)", form):
        return "xs:int", {"totalDigits": match[1]}
    if match := re.fullmatch(r"N(\d+),(\d+)", form):
        return "xs:decimal", {"totalDigits": match[1], "fractionDigits": match[2]}
    if match := re.fullmatch(r"C(\d+)", form):
        return "xs:string", {"length": match[1]}
    if match := re.fullmatch(r"C(\d*)\.\.(\d*)", form):
        sizes = {"minLength": match[1], "maxLength": match[2]}
        return "xs:string", {facet: size for facet, size in sizes.items() if size}
    sys.exit(f"there is no format {form}")


class Writer:
    def __init__(self, tables):
        self.tables = tables
        self.types = {}
        self.written = []

    def write(self, out, source):
        body = "".join(self.message(message) for message in self.tables.messages())
        nodes = ""
        for name in self.written:
            nodes += self.node(name)
        out.write(HEAD % source)
        for name in sorted(self.types):
            out.write(self.simple_type(name, *self.types[name]))
        out.write(SERIAL % (self.use("C36", ""), self.use("C1..10", "")))
        out.write(body + nodes + "</xs:schema>\n")

    def use(self, form, value):
        name = type_name(form, value)
        self.types[name.removeprefix("ceb:")] = (form, value)
        return name

    def simple_type(self, name, form, value):
        base, sizes = facets(form)
        if value == "collapse":
            sizes = {"whiteSpace": "collapse", **sizes}
        lines = "".join(f'      <xs:{facet} value="{size}"/>\n' for facet, size in sizes.items())
        return (f'  <xs:simpleType name="{name}">\n    <xs:restriction base="{base}">\n{lines}'
                "    </xs:restriction>\n  </xs:simpleType>\n")

    def message(self, name):
        return (f'\n  <xs:element name="{name}">\n    <xs:complexType>\n      <xs:sequence>\n'
                + self.children(name, name) +
                '      </xs:sequence>\n      <xs:attributeGroup ref="ceb:serial"/>\n'
                "    </xs:complexType>\n  </xs:element>\n")

    def node(self, name):
        return (f'\n  <xs:complexType name="{name.replace("/", ".")}">\n    <xs:sequence>\n' +
                self.children(name.partition("/")[0], name) + "    </xs:sequence>\n  </xs:complexType>\n")

    def children(self, message, node):
        return "".join(self.child(message, child, *row) for child, row in self.tables.nodes[node].items())

    def child(self, message, name, form, occurs, value, name_zh):
        if form == "signature":
            return f'      <xs:element ref="ds:Signature"{occurrence(occurs)}/>\n'
        start = f'      <xs:element name="{name}"'
        note = f"        <xs:annotation><xs:documentation>{name_zh}</xs:documentation></xs:annotation>\n"
        if form == "any":
            return start + occurrence(occurs) + ">\n" + note + ANYTHING
        if form:
            kind = self.use(form, value)
        else:
            node = self.tables.node(message, name)
            if node not in self.written:
                self.written.append(node)
            kind = "ceb:" + node.replace("/", ".")
        fixed = ""
        if value and value != "collapse":
            constraint, _, text = value.partition(" ")
            fixed = f" {constraint}={quoteattr(text)}"
        return f'{start} type="{kind}"{fixed}{occurrence(occurs)}>\n{note}      </xs:element>\n'


SERIAL = """
  <xs:attributeGroup name="serial">
    <xs:attribute name="guid" type="%s" use="required">
      <xs:annotation><xs:documentation>报文编号</xs:documentation></xs:annotation>
    </xs:attribute>
    <xs:attribute name="version" type="%s" use="required">
      <xs:annotation><xs:documentation>版本号</xs:documentation></xs:annotation>
    </xs:attribute>
  </xs:attributeGroup>
"""
ANYTHING = """        <xs:complexType>
          <xs:sequence>
            <xs:any namespace="##any" processContents="skip" minOccurs="0"/>
          </xs:sequence>
        </xs:complexType>
      </xs:element>
"""


def main():
    files = sys.argv[1:]
    if not files:
        sys.exit(__doc__)
    source = " and ".join("/".join(file.split("/")[-2:]) for file in files)
    sys.stdout.reconfigure(encoding="utf-8")
    Writer(Tables(files)).write(sys.stdout, source)


if __name__ == "__main__":
    main()

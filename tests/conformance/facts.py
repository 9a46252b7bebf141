"""What the facts beside the project (../shared/spec) say of each message: names, order, occurrence, facets. Read from
fields.tsv for edition 202205; edition 2018 is that with the differences of differences-2018-2022.md undone. Knows nothing
of the project's own schemas, so that it can be held against them.
"""
import csv
import re
from dataclasses import dataclass, field

EDITIONS = ("202205", "2018")
UNBOUNDED = 10**9
NUMBERS = ("xs:int", "xs:decimal")


@dataclass
class Node:
    name: str  # without prefix; "@guid" for an attribute; "*" for any element
    kind: str  # container, field, attribute, any, ref (a signature)
    least: int = 1
    most: int = 1
    base: str = ""  # xs:string, xs:int, xs:decimal
    length: int | None = None
    minLength: int | None = None
    maxLength: int | None = None
    totalDigits: int | None = None
    fractionDigits: int | None = None
    whiteSpace: str | None = None
    default: str | None = None
    fixed: str | None = None
    attributes: list = field(default_factory=list)
    children: list = field(default_factory=list)

    def child(self, name):
        return next((child for child in self.children if child.name == name), None)

    @property
    def collapses(self):
        return self.whiteSpace == "collapse" or self.base in NUMBERS


def number(text):
    if text in ("", "(none)", None):
        return None
    return UNBOUNDED if text == "unbounded" else int(text)


def node_of(row):
    name = row["name"].removeprefix("ds:")
    node = Node(name, row["kind"], number(row["minOccurs"]) or 0, number(row["maxOccurs"]) or 1, row["xsd_base"])
    for facet in ("length", "minLength", "maxLength", "totalDigits", "fractionDigits"):
        setattr(node, facet, number(row[facet]))
    for facet in ("whiteSpace", "default", "fixed"):
        setattr(node, facet, row[facet] or None)
    return node


def messages_202205(spec):
    """The root node of each message by its name."""
    messages, by_path = {}, {}
    with open(spec / "fields.tsv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["kind"] in ("pdf-only", "revnote-only"):
                continue
            node = by_path[row["path"]] = node_of(row)
            parent = by_path.get(row["path"].rpartition("/")[0])
            if parent is None:
                messages[node.name] = node
            else:
                (parent.attributes if node.kind == "attribute" else parent.children).append(node)
    return messages


def undo(root, line):
    """One line of the differences: "- ~ `Order/OrderHead/ebpCode`: minLength 1 -> (none), maxLength 50 -> 18"."""
    kind, path, changes = re.fullmatch(r"- ([~+]) (?:added )?`([^`]+)`(?:: )?(.*)", line).groups()
    *above, name = path.split("/")
    parent = root
    for step in above:
        parent = parent.child(step)
    node = parent.child(name)
    if kind == "+":
        parent.children.remove(node)
        return
    for change in changes.split(", "):
        facet, old = re.fullmatch(r"(\w+) (\S+) -> \S+", change).groups()
        if facet in ("minOccurs", "maxOccurs"):
            setattr(node, "least" if facet == "minOccurs" else "most", number(old))
        elif facet in ("whiteSpace", "default", "fixed"):
            setattr(node, facet, None if old == "(none)" else old)
        else:
            setattr(node, facet, number(old))


def messages_2018(spec):
    """All messages of 2018, and the names of those that differ from 202205."""
    messages = messages_202205(spec)
    text = (spec / "differences-2018-2022.md").read_text(encoding="utf-8")
    for name in re.findall(r"CEB\w+", re.search(r"^- New in 2022.*$", text, re.M).group(0)):
        del messages[name]
    changed = []
    for section in re.split(r"^### ", text.split("\n## Per message\n")[1].split("\n## ")[0], flags=re.M)[1:]:
        name, *lines = section.strip().splitlines()
        changed.append(name)
        for line in filter(None, lines):
            undo(messages[name], line)
    return messages, changed


def samples_of_202205_in_2018(spec):
    """How many of the 202205 samples are valid in 2018, and the types whose sample is not, of those that 2018 knows."""
    text = (spec / "differences-2018-2022.md").read_text(encoding="utf-8")
    line = re.search(r"^- 2022 samples of messages that exist in 2018.*$", text, re.M).group(0)
    valid, invalid = re.search(r": (\d+) valid; invalid: (.*?) - ", line).groups()
    return int(valid), re.findall(r"CEB\w+", invalid)

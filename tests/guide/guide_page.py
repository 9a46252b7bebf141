"""A page of docs/guide, read as what its reader copies: fenced blocks, each with a name behind the language.

    ```sh NAME        is run               ```text NAME    is what NAME prints; … stands for anything,
    ```LANGUAGE FILE  is saved as FILE                      alone on a line for any lines
"""
import re
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(r"^```(.*)$")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")
SOURCES = ("python", "java", "php")


class PageFault(Exception):
    """What is wrong with a page, and where."""


@dataclass(frozen=True)
class Block:
    page: str
    line: int  # of its first line
    language: str
    name: str
    text: str

    @property
    def where(self):
        return f"{self.page}:{self.line}: block {self.name}"

    @property
    def needs(self):
        """The language that has to be installed: a program's own, or the one that a run's name ends with."""
        if self.language in SOURCES:
            return self.language
        ending = self.name.rpartition("-")[2]
        return ending if ending in SOURCES else ""


@dataclass(frozen=True)
class Step:
    """A block to save, or one to run with what it is to print."""
    block: Block
    printed: Block | None = None


def blocks_of(path):
    blocks, opened = [], None
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        fence = FENCE.match(line)
        if fence is None:
            if opened is not None:
                opened[2].append(line)
        elif opened is None:
            language, _, name = fence[1].strip().partition(" ")
            if language not in ("sh", "text", *SOURCES) or not NAME.fullmatch(name):
                raise PageFault(f"{path}:{number}: a block says its language (sh, text, {', '.join(SOURCES)}) and its name")
            opened = (number + 1, (language, name), [])
        elif fence[1].strip():
            raise PageFault(f"{path}:{number}: a block begins inside block {opened[1][1]}")
        else:
            blocks.append(Block(str(path), opened[0], *opened[1], "".join(text + "\n" for text in opened[2])))
            opened = None
    if opened is not None:
        raise PageFault(f"{path}:{opened[0]}: block {opened[1][1]} does not end")
    return blocks


def steps_of(blocks):
    """The blocks in order; what a run prints stands right behind it, so that every run is held to something."""
    steps, rest = [], list(blocks)
    while rest:
        block = rest.pop(0)
        if block.language == "text":
            raise PageFault(f"{block.where}: does not stand behind the run that prints it")
        if block.language != "sh":
            steps.append(Step(block))
            continue
        if not rest or (rest[0].language, rest[0].name) != ("text", block.name):
            raise PageFault(f"{block.where}: what it prints does not stand behind it (```text {block.name})")
        steps.append(Step(block, rest.pop(0)))
    return steps


def matches(wanted, printed):
    parts = []
    for line in wanted.splitlines():
        in_line = r"[^\n]*".join(re.escape(part) for part in line.split("…"))
        parts.append(r"(?:[^\n]*\n)*?" if line == "…" else in_line + "\n")
    return re.fullmatch("".join(parts), printed) is not None


def difference(one, other):
    """The first block in which two pages are not the same; empty where there is none."""
    for left, right in zip(one, other):
        if (left.language, left.name, left.text) != (right.language, right.name, right.text):
            return f"{left.where} and {right.where} are not the same"
    if len(one) != len(other):
        longer = one if len(one) > len(other) else other
        return f"{longer[min(len(one), len(other))].where} is not in the other page"
    return ""

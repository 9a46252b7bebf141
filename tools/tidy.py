#!/usr/bin/env python3
"""Holds the house rules that a program can hold.

    tidy.py [TREE]      exit 0: all hold; 1: each break on a line of its own

Format (clang-format 14), length of files and functions, banned names, markers of unfinished work without a reference,
identity numbers in test data that could be a person's, headers that nobody includes.
"""
import re
import shutil
import subprocess
import sys
from pathlib import Path

FILE_LINES = 500
FUNCTION_LINES = 60
BANNED = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "stuff"}
SKIPPED = {".git", "build", "node_modules", "__pycache__"}
CODE = {".h", ".cpp"}
TEXT = CODE | {".py", ".sh", ".toml", ".json", ".xml", ".md", ".txt", ".tsv", ".jsonl", ".sch", ".xsd", ".cmake", ".ts", ".vue", ".mjs", ".css"}
DATA_LINES_FREE = {".tsv", ".xsd", ".json", ".xml", ".md", ".toml", ".sch"}

# Spelt in two halves so that this file keeps its own rule.
MARKER = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK)\b(?!\(#\d+\))")
IDENTITY_NUMBER = re.compile(r"(?<![0-9A-Za-z.])([1-9]\d{5}|0{6})((?:18|19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])")
INVENTED_REGION = re.compile(r"000000|99\d{4}")
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)


def files(tree, endings):
    for file in sorted(tree.rglob("*")):
        relative = file.relative_to(tree)
        if file.suffix in endings and file.is_file() and not SKIPPED.intersection(relative.parts):
            yield file, relative.as_posix()


def format_breaks(tree):
    program = shutil.which("clang-format-14")
    if program is None:
        return ["clang-format-14 is not installed: apt-get install clang-format-14"]
    sources = [str(file) for file, _ in files(tree, CODE)]
    if not sources:
        return []
    done = subprocess.run([program, "--dry-run", "-Werror", "--style=file", *sources], capture_output=True, text=True)
    bad = sorted({line.split(":", 1)[0] for line in done.stderr.splitlines() if "-Wclang-format-violations" in line})
    return [f"{Path(name).relative_to(tree)}: not formatted; run clang-format-14 -i" for name in bad]


def length_breaks(tree):
    for file, path in files(tree, TEXT - DATA_LINES_FREE):
        count = len(file.read_text(encoding="utf-8").splitlines())
        if count > FILE_LINES:
            yield f"{path}: {count} lines, at most {FILE_LINES}"


def functions(lines):
    """(first line, length) of each function body: from a line that opens a block behind a parameter list to the brace
    that closes it at the same indentation. The format is clang-format's, so indentation tells the structure."""
    opening = re.compile(r"^( {0,4})\S.*\)[^;{}]*\{\s*$|^( {0,4})\S.*\) *(?:const|noexcept|override|final| |->.*)*\{\s*$")
    at = 0
    while at < len(lines):
        found = opening.match(lines[at])
        statement = re.match(r"\s*(?:if|for|while|switch|else|\}|do|try|catch)\b|\s*\}", lines[at])
        if found and not statement:
            indent = found.group(1) or found.group(2) or ""
            end = next((i for i in range(at + 1, len(lines)) if re.match(rf"^{indent}\}}[;,)]*\s*(//.*)?$", lines[i])), at)
            yield at + 1, end - at + 1
            at = max(end, at)
        at += 1


def function_breaks(tree):
    for file, path in files(tree, CODE):
        for line, length in functions(file.read_text(encoding="utf-8").splitlines()):
            if length > FUNCTION_LINES:
                yield f"{path}:{line}: a function of {length} lines, at most {FUNCTION_LINES}"


def name_breaks(tree):
    for file in sorted(tree.rglob("*")):
        relative = file.relative_to(tree)
        if SKIPPED.intersection(relative.parts):
            continue
        if BANNED.intersection(re.split(r"[_.\-]", file.name.lower())):
            yield f"{relative.as_posix()}: a name that says nothing of what is inside"
    declared = re.compile(r"\b(?:class|struct|namespace|enum class)\s+(\w+)")
    for file, path in files(tree, CODE):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            for name in declared.findall(line):
                words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+", name)}
                if BANNED.intersection(words):
                    yield f"{path}:{number}: the name {name} says nothing of what it is"


def marker_breaks(tree):
    for file, path in files(tree, TEXT):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if MARKER.search(line):
                yield f"{path}:{number}: a marker of unfinished work without a reference"


def identity_breaks(tree):
    for file, path in files(tree, TEXT):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            for found in IDENTITY_NUMBER.finditer(line):
                if not INVENTED_REGION.fullmatch(found.group(1)):
                    yield f"{path}:{number}: an identity number that may be a person's; begin it with 000000 or 99"


def header_breaks(tree):
    included = set()
    for file, _ in files(tree, CODE):
        included.update(INCLUDE.findall(file.read_text(encoding="utf-8")))
    for _, path in files(tree, {".h"}):
        if path not in included:
            yield f"{path}: a header that nobody includes"


def main():
    tree = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent).resolve()
    rules = (format_breaks, length_breaks, function_breaks, name_breaks, marker_breaks, identity_breaks, header_breaks)
    breaks = [one for rule in rules for one in rule(tree)]
    print("\n".join(breaks) if breaks else "the house rules hold")
    return 1 if breaks else 0


if __name__ == "__main__":
    sys.exit(main())

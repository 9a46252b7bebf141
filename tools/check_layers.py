#!/usr/bin/env python3
"""Holds every #include against the `layers` and `homes` blocks of ARCHITECTURE.md.

    check_layers.py [TREE]      exit 0: all hold; 1: each break on a line of its own

A folder may include itself and what its arrow names; a third-party library only its home. An arrow that no include uses,
a folder without a line and a line without a folder are breaks too, so the drawing cannot differ from the code.
"""
import re
import sys
from pathlib import Path

SOURCES = {".h", ".cpp"}
TESTS = "tests"

# How an #include tells which library it belongs to; the names are those of the homes block.
LIBRARIES = [
    ("boost.asio", r"boost/asio[./]"),
    ("boost.beast", r"boost/beast[./]"),
    ("boost.json", r"boost/json[./]"),
    ("boost.url", r"boost/url[./]"),
    ("boost.uuid", r"boost/uuid[./]"),
    ("boost.system", r"boost/system/"),
    ("pugixml", r"pugixml\.hpp"),
    ("libxml2", r"libxml/"),
    ("xmlsec", r"xmlsec/"),
    ("openssl", r"openssl/"),
    ("botan", r"botan/"),
    ("p11-kit", r"p11-kit/"),
    ("librabbitmq", r"^amqp(_\w+)?\.h$"),
    ("proton", r"proton/"),
    ("libcurl", r"curl/"),
    ("sqlite3", r"sqlite3\.h"),
    ("libpq", r"libpq-fe\.h"),
    ("zlib", r"zlib\.h"),
    ("zstd", r"zstd\.h"),
    ("libcsv", r"csv\.h"),
    ("libzip", r"zip\.h$"),
    ("toml++", r"toml\+\+/|toml\.hpp"),
    ("cli11", r"CLI/"),
    ("spdlog", r"spdlog/"),
    ("prometheus", r"prometheus/"),
]
OTHER_LIBRARY = re.compile(r"boost/|fmt/|nlohmann/|rapidjson/|tinyxml|postgresql/|libpq|amqp|proton/")
INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]')


def block(text, name):
    found = re.search(rf"^```{name}\n(.*?)^```", text, re.M | re.S)
    if not found:
        sys.exit(f"ARCHITECTURE.md has no {name} block")
    return [line for line in found.group(1).splitlines() if line.strip()]


def read_layers(text):
    layers = {}
    for line in block(text, "layers"):
        folder, _, targets = line.partition("->")
        layers[folder.strip()] = targets.split()
    return layers


def read_homes(text):
    homes = {}
    for line in block(text, "homes"):
        library, _, folders = line.partition(":")
        homes[library.strip()] = folders.split()
    return homes


def folder_of(path, layers):
    """The longest folder of the layers block that the path lies in."""
    parts = path.split("/")
    for size in range(len(parts) - 1, 0, -1):
        folder = "/".join(parts[:size])
        if folder in layers:
            return folder
    return None


def sources(tree):
    skipped = {".git", "build", TESTS, "cmake", "docs"}
    for top in sorted(tree.iterdir()):
        if top.name in skipped or not top.is_dir():
            continue
        for file in sorted(top.rglob("*")):
            if file.suffix in SOURCES and "node_modules" not in file.parts:
                yield file, file.relative_to(tree).as_posix()


def includes(file):
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        found = INCLUDE.match(line)
        if found:
            yield number, found.group(2)


def library_of(name):
    for library, pattern in LIBRARIES:
        if re.match(pattern, name):
            return library
    return "?" if OTHER_LIBRARY.match(name) else None


def at_home(path, homes):
    stem = path.rsplit(".", 1)[0]
    return any(path.startswith(home + "/") or stem == home for home in homes)


class Check:
    def __init__(self, tree):
        text = (tree / "ARCHITECTURE.md").read_text(encoding="utf-8")
        self.tree, self.layers, self.homes = tree, read_layers(text), read_homes(text)
        self.breaks, self.used_arrows, self.used_homes, self.folders = [], set(), set(), set()

    def run(self):
        for file, path in sources(self.tree):
            folder = folder_of(path, self.layers)
            if folder is None:
                self.breaks.append(f"{path}: lies in no folder of the layers block")
                continue
            self.folders.add(folder)
            for line, name in includes(file):
                self.one(path, folder, line, name)
        self.unused()
        return self.breaks

    def one(self, path, folder, line, name):
        if (self.tree / name).exists():
            self.project_include(path, folder, line, name)
            return
        library = library_of(name)
        if library == "?":
            self.breaks.append(f"{path}:{line}: <{name}> belongs to a library that has no home")
        elif library:
            self.library_include(path, line, name, library)

    def project_include(self, path, folder, line, name):
        if name.startswith(TESTS + "/"):
            self.breaks.append(f"{path}:{line}: includes {name}; nothing includes tests")
            return
        target = folder_of(name, self.layers)
        if target == folder:
            return
        if target in self.layers[folder]:
            self.used_arrows.add((folder, target))
        else:
            self.breaks.append(f"{path}:{line}: {folder} may not include {name} ({target})")

    def library_include(self, path, line, name, library):
        homes = self.homes.get(library, [])
        if not at_home(path, homes):
            self.breaks.append(f"{path}:{line}: {library} has its home in {', '.join(homes) or 'no folder'}, not here")
        self.used_homes.update((library, home) for home in homes if at_home(path, [home]))

    def unused(self):
        for folder, targets in self.layers.items():
            if folder not in self.folders:
                self.breaks.append(f"ARCHITECTURE.md: {folder} has a line but no source")
            for target in targets:
                if folder in self.folders and (folder, target) not in self.used_arrows:
                    self.breaks.append(f"ARCHITECTURE.md: no include uses the arrow {folder} -> {target}")
        for library, homes in self.homes.items():
            for home in homes:
                if (library, home) not in self.used_homes:
                    self.breaks.append(f"ARCHITECTURE.md: no include uses the home {library}: {home}")


def main():
    tree = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent)
    breaks = Check(tree).run()
    print("\n".join(breaks) if breaks else "the layers hold")
    return 1 if breaks else 0


if __name__ == "__main__":
    sys.exit(main())

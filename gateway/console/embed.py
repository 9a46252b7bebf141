#!/usr/bin/env python3
"""Makes of the built pages what the program bears in itself.

    embed.py FOLDER OUT      FOLDER as Vite left it; "" for a program without the pages
    OUT/built_files.bin      every file as it is and, where that is smaller, as gzip of it
    OUT/built_files.cpp      takes the first into the program and says what lies where

The same pages always give the same bytes.
"""
import gzip
import hashlib
import sys
from pathlib import Path

MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".png": "image/png",
}

PROGRAM = """// Written by gateway/console/embed.py.
#include "gateway/console/built_files.h"

#include <array>
#include <cstddef>

asm(R"(
.section .rodata
.balign 16
cebgate_console_files:
.incbin "{blob}"
.previous
)");

extern "C" const char cebgate_console_files[];

namespace gateway::console {{

std::span<const BuiltFile> built_files() {{
  const auto at = [](std::size_t offset, std::size_t size) {{
    return std::string_view(cebgate_console_files + offset, size);
  }};
  static const std::array<BuiltFile, {count}> files{{{{
{rows}  }}}};
  return files;
}}

}}  // namespace gateway::console
"""

NOTHING = """// Written by gateway/console/embed.py.
#include "gateway/console/built_files.h"

namespace gateway::console {

std::span<const BuiltFile> built_files() { return {}; }

}  // namespace gateway::console
"""


def main():
    folder, out = sys.argv[1], Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    blob, rows = bytearray(), []
    files = sorted(file for file in Path(folder).rglob("*") if file.is_file()) if folder else []
    for file in files:
        if file.suffix not in MEDIA_TYPES:
            sys.exit(f"embed.py: {file}: no media type is known for it; name it in MEDIA_TYPES")
        plain = file.read_bytes()
        zipped = gzip.compress(plain, 9, mtime=0)
        if len(zipped) >= len(plain):
            zipped = b""
        path = file.relative_to(folder).as_posix()
        digest = hashlib.sha256(plain).hexdigest()[:32]
        row = f'      {{"{path}", "{MEDIA_TYPES[file.suffix]}", "{digest}", at({len(blob)}, {len(plain)}), '
        rows.append(row + f"at({len(blob) + len(plain)}, {len(zipped)})}},\n")
        blob += plain + zipped
    (out / "built_files.bin").write_bytes(blob)
    text = PROGRAM.format(blob=out.resolve() / "built_files.bin", count=len(rows), rows="".join(rows)) if rows else NOTHING
    (out / "built_files.cpp").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

"""Does what a page says, block after block, in an empty folder; its example ports become free ones."""
import os
import re
import shutil
import socket
import subprocess
from pathlib import Path

from guide_page import PageFault, matches
from reader_shell import ReaderShell

EXAMPLE_PORTS = ("8070", "8080", "8090")
LONGEST_SECONDS = 240  # of one block, on a machine that does much else
VERSIONS = {"python": (["python3", "--version"], r"Python 3\.(\d+)", 9),
            "java": (["java", "-version"], r'version "(\d+)', 17),
            "php": (["php", "--version"], r"PHP (\d+)", 8)}


def is_installed(language):
    command, pattern, least = VERSIONS[language]
    if shutil.which(command[0]) is None:
        return False
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(pattern, told.stdout + told.stderr)
    return found is not None and int(found[1]) >= least


def free_ports():
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in EXAMPLE_PORTS]
    ports = {example: str(taken.getsockname()[1]) for example, taken in zip(EXAMPLE_PORTS, sockets)}
    for taken in sockets:
        taken.close()
    return ports


def with_ports(ports, text):
    return re.sub("|".join(rf"\b{example}\b" for example in ports), lambda found: ports[found[0]], text)


def reader_environment(programs, root):
    """A person's: the programs on the PATH, English, and nothing else that could change what is printed."""
    told = {name: os.environ[name] for name in ("HOME", "PATH", "TMPDIR") if name in os.environ}
    return told | {"PATH": f"{programs}:{told['PATH']}", "LANG": "C.UTF-8", "root": str(root)}


def report(step, status, printed):
    wanted = step.printed.text
    ended = "does not come to its end" if status is None else f"ended with {status}"
    return f"{step.block.where}: {ended}; printed:\n{printed}\nwhere the page says:\n{wanted}"


def run_page(steps, folder, environment, ports, languages):
    """The names of the blocks that were done; raises PageFault with page, line and block at the first that is not so."""
    done = []
    with ReaderShell(folder, environment, LONGEST_SECONDS) as shell:
        for step in steps:
            block = step.block
            if block.needs and block.needs not in languages:
                continue
            text = with_ports(ports, block.text)
            if block.language != "sh":
                Path(folder, block.name).write_text(text, encoding="utf-8")
            else:
                status, printed = shell.run(text)
                if status != 0 or not matches(with_ports(ports, step.printed.text), printed):
                    raise PageFault(report(step, status, printed))
            done.append(block.name)
    return done

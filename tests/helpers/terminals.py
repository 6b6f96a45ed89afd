"""Calls of the command in a process of their own: in a terminal of some columns, or in pipes."""
import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios

# Each word is a call; its output ends with a line of its own.
CALLS = """
import shlex, sys
from tfrseg import cli
from tfrseg.explorer.server import ViewerServer

def stop(server): raise KeyboardInterrupt

ViewerServer.serve_forever = stop
for line in sys.argv[1:]:
    try: cli.main(shlex.split(line))
    except SystemExit: pass
    print("=====", flush=True)
    print("=====", file=sys.stderr, flush=True)
"""


def called(calls, folder, **options):
    "A process that makes the calls in a folder."
    environment = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    return subprocess.Popen([sys.executable, "-c", CALLS, *calls], cwd=folder, env=environment, **options)


def in_terminal(calls, folder, columns):
    "What each call writes to stdout and to stderr, where each is a terminal of its own of so many columns."
    pairs = [pty.openpty() for _ in range(2)]
    for _, theirs in pairs: fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = called(calls, folder, stdin=subprocess.DEVNULL, stdout=pairs[0][1], stderr=pairs[1][1])
    for _, theirs in pairs: os.close(theirs)
    texts = {ours: b"" for ours, _ in pairs}
    open_ones = [*texts]
    while open_ones:
        for ours in select.select(open_ones, [], [])[0]:
            try: part = os.read(ours, 1 << 16)
            except OSError: part = b""  # the other end was closed
            texts[ours] += part
            if not part: open_ones.remove(ours)
    for ours in texts: os.close(ours)
    process.wait()
    return [text.decode().replace("\r\n", "\n").split("=====\n")[:-1] for text in texts.values()]


def in_pipes(calls, folder):
    "The same where both are pipes."
    process = called(calls, folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return [text.split("=====\n")[:-1] for text in process.communicate(timeout=240)]

"""Calls of the command in a process of their own: in a terminal of some columns, or in pipes."""
import fcntl
import os
import pty
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
    "What each call writes to stdout where that is a terminal of so many columns; stderr is another one of them."
    texts = []
    for at in (1, 2):
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} | {("stdout", "stderr")[at - 1]: theirs}
        process, data = called(calls, folder, stdin=subprocess.DEVNULL, **streams), b""
        os.close(theirs)
        while True:
            try: part = os.read(ours, 1 << 16)
            except OSError: break  # the other end was closed
            if not part: break
            data += part
        os.close(ours)
        process.wait()
        texts.append(data.decode().replace("\r\n", "\n").split("=====\n")[:-1])
    return texts


def in_pipes(calls, folder):
    "The same where both are pipes."
    process = called(calls, folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return [text.split("=====\n")[:-1] for text in process.communicate(timeout=240)]

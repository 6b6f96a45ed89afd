"""A process that has TensorFlow loaded, and forks one that runs code wherever a test wants another process: in 0.1 s in place of 3.

`[*warm(), "-c", code, *arguments]` is run by `subprocess` as `[sys.executable, "-c", code, *arguments]` is, with its
environment, folder, pipes, signals and return code. Not for tests of what an import does, of how much memory a process has in all, or of process numbers.
The workers of pytest share one loaded process: `WARM_OWNER` in the environment is the process with which it ends, `WARM_LOADED` what it loads.
"""
import json
import os
import select
import shutil
import signal
import socket
import sys

LOADED = os.environ.get("WARM_LOADED", "keras numpy tensorflow tfrseg.training tfrseg.reader.pipeline tfrseg.writer.write tfrseg.cards").split()


def relay(address, words):
    "What the test started: hands all it has to a fork of the loaded process, and ends as that ends."
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(address)
        socket.send_fds(line, [b"+"], [0, 1, 2])
        with line.makefile("rw") as file:
            file.write(json.dumps([words, os.getcwd(), dict(os.environ)]) + "\n")
            file.flush()
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP): signal.signal(number, lambda number, _: print(number, file=file, flush=True))
            code = int(file.readline() or 1)
    if code >= 0: os._exit(code)
    if -code != signal.SIGKILL: signal.signal(-code, signal.SIG_DFL)
    os.kill(os.getpid(), -code)


def watched(line):
    """In a fork: runs what a relay asks for in a further one, hands it signals, kills it where the relay is gone, and gives its
    return code. Returns in the further one alone: what to run."""
    _, files, _, _ = socket.recv_fds(line, 1, 3)
    if not files: os._exit(0)  # somebody asked whether this process is there
    text = b""
    while not text.endswith(b"\n"): text += line.recv(65536)
    if not (child := os.fork()):
        for n, file in enumerate(files): os.dup2(file, n)
        return json.loads(text)
    for file in files: os.close(file)
    end = os.pidfd_open(child)
    while end not in select.select([line, end], [], [])[0]:
        said = line.recv(4096)
        for number in said.split() or [signal.SIGKILL]: os.kill(child, int(number))
        if not said: os._exit(0)
    line.sendall(b"%d\n" % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    os._exit(0)


def serve(address, owner):
    "Loads, and forks until its owner is gone; without a number that is the process whose pipe is the input. Returns in a fork that has something to run."
    import gc
    from importlib import import_module

    try: gone = os.pidfd_open(int(owner)) if owner else 0
    except ProcessLookupError: os._exit(0)
    for name in LOADED: import_module(name)
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as door:
        if os.path.exists(address): os.unlink(address)  # of one that was killed, and had our owner's number
        door.bind(address)
        door.listen(64)
        print("ready", flush=True)
        while gone not in select.select([gone, door], [], [])[0]:
            line = door.accept()[0]
            if not os.fork():
                door.close()
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                return watched(line), line
            line.close()
    shutil.rmtree(os.path.dirname(address), ignore_errors=True)
    os._exit(0)


def run(words, folder, environment):
    "Does what `python` does with these words."
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM): signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.stdin, sys.stdout, sys.stderr = open(0, closefd=False), open(1, "w", closefd=False), open(2, "w", buffering=1, closefd=False)
    sys.path[:1] = [p for p in os.environ.get("PYTHONPATH", "").split(os.pathsep) if p not in sys.path]
    main = sys.modules["__main__"].__dict__
    if words[0] == "-c":
        code, sys.argv, place = compile(words[1], "<string>", "exec"), ["-c", *words[2:]], ""
    else:
        with open(words[0], "rb") as file: code = compile(file.read(), words[0], "exec")
        sys.argv, place = words, os.path.dirname(os.path.abspath(words[0]))
        main["__file__"] = words[0]
    sys.path.insert(0, place)
    exec(code, main)


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        (words, folder, environment), line = serve(*sys.argv[2:])
        os.close(line.detach())
        run(words, folder, environment)
    else: relay(sys.argv[1], sys.argv[2:])
else:
    import atexit
    import fcntl
    import subprocess
    import tempfile
    from functools import cache

    FOLDER = tempfile.gettempdir()  # some tests have one of their own

    @cache
    def _address():
        "Starts the loaded process, unless another worker has; where it listens."
        owner = int(os.environ.get("WARM_OWNER") or os.getpid())
        folder = f"{FOLDER}/warm-{owner}"
        address = f"{folder}/s"
        if len(os.fsencode(address)) > 100: return ""  # a socket has a short name
        os.makedirs(folder, 0o700, exist_ok=True)
        with open(f"{folder}/lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not _is_there(address): _start(address, owner)
        return address

    def _is_there(address):
        with socket.socket(socket.AF_UNIX) as line: return line.connect_ex(address) == 0

    def _start(address, owner):
        "Starts the loaded process. It ends with its owner; where that is this process, the end is waited for."
        here = os.getpid()
        server = subprocess.Popen([sys.executable, __file__, "serve", address, "" if owner == here else str(owner)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                  stderr=None if owner == here else subprocess.DEVNULL,  # whoever waits for the end of ours waits for this process alone
                                  env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}, start_new_session=True)
        assert server.stdout.readline() == b"ready\n"

        def end():
            if os.getpid() != here: return  # in a fork that ends
            if owner != here: return  # other workers may want it still
            server.stdin.close()
            server.wait()
            server.stdout.close()

        atexit.register(end)

    def warm():
        "The words that start Python with TensorFlow loaded; the plain ones where a process cannot be watched, or the name of the temporary folder is long."
        if not hasattr(os, "pidfd_open") or not _address(): return [sys.executable]
        return [sys.executable, "-I", "-S", __file__, _address()]

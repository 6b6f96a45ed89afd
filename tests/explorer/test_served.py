"""What the server of `tfrseg browse` answers, and to whom; what a front end says that is none."""
import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from conftest import hears_signals
from waiting import until

from tfrseg.explorer.browser import explore_records
from tfrseg.storage.flags import Flag, read_flags, write_flags
from tfrseg.explorer.server import serve_viewer
from tfrseg.explorer.page import make_server_page


@pytest.fixture
def server(shards):
    with serve_viewer(explore_records(shards)) as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.shutdown()


def ask(server, head, body=b""):
    "What is answered to bytes as they are."
    with socket.create_connection(("127.0.0.1", server.server_port), 30) as connection:
        connection.sendall(head.encode("latin-1") + b"\r\n\r\n" + body)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def status(answer): return int(answer.split()[1])


def tell(server, message, **headers):
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    lines = {"Host": server.host, "Content-Length": len(body)} | {name.replace("_", "-"): value for name, value in headers.items()}
    return ask(server, "\r\n".join([f"POST /{server.token}/tell HTTP/1.0", *(f"{k}: {v}" for k, v in lines.items())]), body)


@pytest.mark.fault("the explorer's page asked for under another name (DNS rebinding), or without its key", "-",
                   "refused; `localhost`, `[::1]` and forwarded ports are served")
@pytest.mark.parametrize("host, wanted", (("localhost:{}", 200), ("127.0.0.1:9000", 200), ("LOCALHOST", 200), ("[::1]:8000", 200), ("127.0.0.1.evil.example:{}", 404),
                                         ("evil.example", 404), ("localhost.evil.example", 404), ("127.0.0.1@evil.example", 404), ("0.0.0.0:{}", 404), ("", 404)))
def test_whom_it_answers(server, host, wanted):
    "Names of this machine, with the port of a tunnel, too; of others it says why not."
    host = host.format(server.server_port)
    answer = ask(server, f"GET /{server.token}/ HTTP/1.0\r\nHost: {host}")
    assert status(answer) == wanted and (wanted == 200 or b"ssh -L" in answer)
    assert status(ask(server, f"GET /{server.token}/ HTTP/1.0\r\nHost: {server.host}\r\nHost: evil.example")) == 404
    assert b"lacks its key" in ask(server, f"GET /meta HTTP/1.0\r\nHost: {server.host}")


@pytest.mark.fault("a page of another origin that tells the explorer something", "-",
                   "refused by Origin and Sec-Fetch-Site")
def test_other_origins(server):
    "A page of another origin that knows the key can neither tell nor read, and cannot frame the page."
    for headers in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": f"https://{server.host}"}, {"Sec_Fetch_Site": "cross-site"},
                    {"Sec_Fetch_Site": "same-site"}):
        assert status(tell(server, {"flagged": [0]}, **headers)) == 403
    assert server.viewer.flagged == []
    assert status(ask(server, f"GET /{server.token}/meta HTTP/1.0\r\nHost: {server.host}\r\nSec-Fetch-Site: cross-site")) == 403
    assert status(tell(server, {"flagged": [0]}, Origin=f"http://{server.host}", Sec_Fetch_Site="same-origin")) == 200
    page = ask(server, f"GET /{server.token}/ HTTP/1.0\r\nHost: {server.host}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate")
    assert status(page) == 200 and b"frame-ancestors 'none'" in page and b"X-Frame-Options: DENY" in page


def test_the_policy_of_the_page():
    policy = re.search('Content-Security-Policy" content="(.*)">', make_server_page())[1]
    assert "unsafe" not in policy
    for part in ("default-src 'none'", "base-uri 'none'", "form-action 'none'", "connect-src 'self'"): assert part in policy


@pytest.mark.parametrize("head, wanted", (
    ("GET http://[ HTTP/1.0\r\nHost: localhost", 400), ("GET //[/ HTTP/1.0\r\nHost: localhost", 404), ("nonsense", 400), ("GET / HTTP/9.9", 505), ("PUT / HTTP/1.0", 501),
    ("GET /{}/record?position=99999999999999999999 HTTP/1.0\r\nHost: localhost", 404), ("GET /{}/record?position=12 HTTP/1.0\r\nHost: localhost", 404),
    ("GET /{}/record?position=-1 HTTP/1.0\r\nHost: localhost", 404), ("POST /{}/meta HTTP/1.0\r\nHost: localhost\r\nContent-Length: 2", 404),
    ("POST /{}/tell HTTP/1.0\r\nHost: localhost", 411), ("POST /{}/tell HTTP/1.0\r\nHost: localhost\r\nContent-Length: 1e9", 411),
    ("POST /{}/tell HTTP/1.0\r\nHost: localhost\r\nContent-Length: 99999999999", 413)))
def test_requests_that_are_none(server, capfd, head, wanted):
    answer = ask(server, head.replace("{}", server.token))
    assert not answer.startswith(b"HTTP") or status(answer) == wanted
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("body", (b"{", b"3", b"[]", b"\xff", b"[" * 10**5, b'{"moved": ' + b"9" * 5000 + b"}"))
def test_told_what_is_no_json(server, capfd, body):
    assert status(tell(server, body)) == 400 and capfd.readouterr().err == ""


@pytest.mark.parametrize("message", (
    {"moved": 10**9}, {"moved": "x"}, {"moved": None}, {"moved": 1.5}, {"moved": 3, "position": 10**9}, {"load": -1}, {"select": None}, {"select": []},
    {"select": {"text": 3}}, {"select": {"text": "x" * 10**5}}, {"select": {"filter": "\u00b2 flagged"}}, {"select": {"sort": ["rarest"], "more": 1}}, {"flagged": 3},
    {"flagged": [10**9, -1, "x", None, True, [1]]}, {"unflagged": {"a": 1}}, {"other": 1}, {}))
def test_odd_messages(server, capfd, message):
    "They are left alone, and what is asked next is answered."
    assert status(tell(server, message)) == 200
    assert server.viewer.flagged == [] and 0 <= server.viewer.index < 12
    assert status(tell(server, {"moved": 5, "position": 5})) == 200
    assert server.viewer.index == 5 and capfd.readouterr().err == ""


@pytest.mark.fault("hundreds of connections that say nothing", "-",
                   "closed after 15 seconds or when a new one comes; at most 32 threads")
def test_idle_connections(server):
    "However many are opened, there are few threads, and the next one is answered; who has not asked for long is sent away."
    idle = [socket.create_connection(("127.0.0.1", server.server_port), 30) for _ in range(200)]
    try:
        assert status(tell(server, {"moved": 1})) == 200
        # those that were sent away end in threads of their own
        until(lambda: server.open <= server.most + 1, "connections that were sent away are still open")
        server.patience = 0.0
        for connection in idle: assert connection.recv(1) == b""
    finally:
        for connection in idle: connection.close()


def test_a_closed_tab(server, capfd):
    "A page that leaves while it is answered leaves no line."
    left, load = [], server.viewer.load

    def slow(position):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        connection.close()  # the tab, now
        left.append(position)
        return load(position)

    server.viewer.load = slow
    connection = socket.create_connection(("127.0.0.1", server.server_port), 30)
    connection.sendall(f"GET /{server.token}/record?position=1 HTTP/1.0\r\nHost: {server.host}\r\n\r\n".encode())
    until(lambda: left, "the record was not asked for")
    server.viewer.load = load
    assert status(tell(server, {"moved": 1})) == 200 and capfd.readouterr().err == ""


@pytest.mark.fault("two tabs that flag records at the same time", "-",
                   "changes are sent and merged with the list")
def test_two_tabs_and_a_file(server, tmp_path):
    "Each sends what it changes; what stood in the list stays, also what others write there meanwhile."
    path = tmp_path / "bad.txt"
    path.write_text("yesterday\n")
    server.viewer.keep_flags(path)
    tell(server, {"flagged": [0]})
    tell(server, {"flagged": [1]})
    write_flags([*read_flags(path), Flag("", "elsewhere.tfrecord", 7, "blur", "a\tb")], path)
    told = tell(server, {"flagged": [4], "unflagged": [0]})
    assert json.loads(told.split(b"\r\n\r\n", 1)[1])["flagged"] == [1, 4]
    flags = read_flags(path)
    assert [flag.name for flag in flags if not flag.shard] == ["yesterday"] and Flag("", "elsewhere.tfrecord", 7, "blur", "a\tb") in flags
    assert {flag.record for flag in server.viewer.flags} < {flag.record for flag in flags} and len(flags) == 4


def test_a_list_that_cannot_be_written(server, tmp_path):
    "It is said, and the flag stays on the canvas."
    (folder := tmp_path / "lists").mkdir()
    server.viewer.keep_flags(folder / "bad.txt")
    folder.rmdir()
    told = json.loads(tell(server, {"flagged": [3]}).split(b"\r\n\r\n", 1)[1])
    assert told["flagged"] == [3] and "flags are not kept" in told["meta"]["status"] and "there is no folder" in told["meta"]["status"]


BROWSE = "import sys; from tfrseg.cli import main; sys.exit(main())"


@pytest.mark.fault("a browse that is ended by a signal", "-",
                   "each change was written at once; exit status 143 or 129")
@pytest.mark.parametrize("number, wanted", ((signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 0)))
def test_flags_outlive_the_server(shards, tmp_path, number, wanted):
    """Each change is in the list at once, however the server ends; its key does not stand among the words of
    a process."""
    path, opened = tmp_path / "bad.txt", tmp_path / "opened"
    os.mkfifo(opened)  # to read it waits until the browser has started; before that, the page is still being written
    process = subprocess.Popen([sys.executable, "-c", BROWSE, "browse", str(shards), "--flagged", str(path)],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path,
                               env=os.environ | {"TMPDIR": str(tmp_path), "BROWSER": f"""sh -c 'echo "$0" > {opened}' %s"""},
                               preexec_fn=hears_signals)
    port, token = re.search(r":(\d+)/([^/]+)/", process.stdout.readline()).groups()
    address = opened.read_text().strip()
    assert token not in address and token in Path(urlsplit(address).path).read_text()

    class Server: server_port, host = int(port), f"127.0.0.1:{port}"

    Server.token = token
    assert status(tell(Server, {"flagged": [0, 1]})) == 200
    assert len(read_flags(path)) == 2
    process.send_signal(number)
    out, err = process.communicate(timeout=240)
    assert process.returncode == wanted and "Traceback" not in err and "2 records flagged" in out
    assert len(read_flags(path)) == 2 and not list(tmp_path.glob("tfrseg-browse-*"))


@pytest.mark.fault("a port that is none, or taken", "-",
                   "one line")
@pytest.mark.parametrize("port, said", (("99999", "port 99999; wanted 1 to 65535"), ("-1", "port -1; wanted"), ("taken", "cannot listen there")))
@pytest.mark.parametrize("more", ((), ("--jupyter",)))
def test_ports(shards, capsys, port, said, more):
    from tfrseg.cli import main

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1]) if port == "taken" else port
        assert main(["browse", str(shards), "--no-browser", "--port", port, *more]) in (1, 2)
    assert said in (err := capsys.readouterr().err) and err.count("\n") == 1

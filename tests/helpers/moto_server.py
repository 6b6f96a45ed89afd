"""An S3 server on loopback, for tests of buckets."""
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def moto_server() -> Iterator[str]:
    "Runs moto's server in a process of its own; gives its address. It has no buckets, and takes any credentials."
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    code = f"from moto.server import main; main(['-H', '127.0.0.1', '-p', '{port}'])"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def wait_for(address: str, process: subprocess.Popen) -> None:
    "Waits until the server answers."
    end = time.monotonic() + 60
    while True:
        try: return urllib.request.urlopen(f"{address}/moto-api/", timeout=5).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > end: raise
            time.sleep(0.05)


def make_bucket(address: str, name: str) -> None:
    "Makes an empty bucket on the server."
    # as any client does it, with a signature that the server does not check
    request = urllib.request.Request(f"{address}/{name}", method="PUT", headers={
        "Authorization": "AWS4-HMAC-SHA256 Credential=tests/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, "
                         "Signature=0"})
    urllib.request.urlopen(request, timeout=30).close()

"""A server on this machine that answers as told: the real client code meets real sockets, and no network."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Reply:
    """One answer; ``cut`` breaks the connection in the middle of the body."""

    body: bytes = b""
    status: int = 200
    media_type: str = "application/json; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False


class Server(ThreadingHTTPServer):
    """Answers with the replies in order, or with what ``choose`` makes of a request's path."""

    def __init__(self, replies, choose):
        super().__init__(("127.0.0.1", 0), Handler)
        self.waiting = list(replies)
        self.choose = choose
        self.requests = []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/data"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.requests.append(self)
        reply = self.server.choose(self.path) if self.server.choose else self.server.waiting.pop(0)
        self.send_response_only(reply.status)
        self.send_header("Content-Type", reply.media_type)
        self.send_header("Content-Length", str(len(reply.body) + (10 if reply.cut else 0)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)
        self.close_connection = True

    def log_message(self, *_args):
        """Stay quiet."""


@contextmanager
def serve(replies=(), choose=None):
    server = Server(replies, choose)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

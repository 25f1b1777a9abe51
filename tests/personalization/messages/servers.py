"""Servers on this machine in place of a gateway and of a push service, over real sockets."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Asked = tuple[str, dict[str, str], bytes]


@dataclass
class Server:
    """Notes what it is posted, and answers as `answers` has it, the last one from then on."""

    answers: list[int | Callable[[], int]] = field(default_factory=lambda: [201])
    says: str = "{}"
    url: str = ""
    asked: list[Asked] = field(default_factory=list)

    def answer(self) -> int:
        """The next status."""
        chosen = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return chosen if isinstance(chosen, int) else chosen()


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    """It listens for as long as this lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            heads = {name.lower(): value for name, value in self.headers.items()}
            server.asked.append((self.path, heads, body))
            status = server.answer()
            if not status:  # hangs up without a word
                return
            said = server.says.encode()
            self.send_response(status)
            if status in (301, 302, 307):
                self.send_header("location", f"{server.url}/elsewhere")
            self.send_header("content-length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_words: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.url = f"http://127.0.0.1:{http.server_port}"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        thread.join()
        http.server_close()

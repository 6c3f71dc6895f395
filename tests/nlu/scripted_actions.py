"""An action server that says what a test tells it to, by the customer's text."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Json = dict[str, Any]
OBEYED: Json = {"events": [], "responses": [{"text": "收到"}]}


class ScriptedActions:
    def __init__(self) -> None:
        self.script: dict[str, tuple[int, Json]] = {}
        self.calls: list[Json] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}/webhook"

    def when(self, text: str, answer: Json, status: int = 200) -> None:
        self.script[text] = (status, answer)

    @contextmanager
    def running(self) -> Iterator["ScriptedActions"]:
        thread = threading.Thread(target=self._server.serve_forever)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        script, calls = self.script, self.calls

        class Handler(BaseHTTPRequestHandler):
            # Head and body leave together: sent apart, the second waits 40 ms for the first's acknowledgement.
            wbufsize = 65536

            def do_POST(self) -> None:
                call = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                calls.append(call)
                status, answer = script.get(call["tracker"]["latest_message"]["text"], (200, OBEYED))
                body = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Quiet."""

        return Handler

"""A tiny program in Rasa's place: `python rasa_child.py FOLDER PORT`; files in FOLDER tell it how to misbehave.

Files: `exit` ends it at once with code 3, `deaf` makes it never listen, `hang` never answer, `stubborn` ignore
SIGTERM, `family` start a child of its own. Each start adds a line to `starts`.
"""

import os
import signal
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

folder, port = Path(sys.argv[1]), int(sys.argv[2])
with (folder / "starts").open("a") as starts:
    starts.write(f"{os.getpid()} {os.environ.get('GASDESK_ACTION_URL')}\n")


class Health(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if (folder / "hang").exists():
            threading.Event().wait()
        self.send_response(200)
        self.end_headers()


print("loading the model", flush=True)
if (folder / "exit").exists():
    sys.exit(3)
if (folder / "stubborn").exists():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if (folder / "family").exists():
    relative = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
    (folder / "relative").write_text(str(relative.pid))
if (folder / "deaf").exists():
    signal.pause()
ThreadingHTTPServer(("127.0.0.1", port), Health).serve_forever()

"""A real HTTP server on loopback that plays a group robot and can be told to misbehave."""

import contextlib
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Robot:
    """
    What was posted, and what the robot answers.

    Attributes:
        answers: Status and JSON to answer, used up in order; then all is well.
        hang_up: Take the next post and close the connection without a word.
    """

    port: int = 0
    posts: list = field(default_factory=list)
    answers: list = field(default_factory=list)
    hang_up: bool = False

    def url(self, path="/hook?key=secret-key"):
        return f"http://127.0.0.1:{self.port}{path}"


@contextlib.contextmanager
def robot_server():
    """Run the server; yields the robot."""
    robot = Robot()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            robot.posts.append((self.path, dict(self.headers), body))
            if robot.hang_up:
                robot.hang_up = False
                self.close_connection = True
                return
            fine = (200, {"errcode": 0, "errmsg": "ok", "code": 0})
            status, answer = robot.answers.pop(0) if robot.answers else fine
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", robot.url("/elsewhere"))
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    robot.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield robot
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

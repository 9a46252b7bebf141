"""A stand-in for the gateway that answers a post only after all that can go wrong with one: full, cut off, half an answer."""
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TAKEN = json.dumps([{"id": "1", "type": "CEB311Message", "key": "CEB311Message/1/A 雪", "number": "A 雪", "version": 1,
                     "state": "accepted", "href": "/v1/documents/1", "warnings": [{"path": "/x", "en": "\"{}\""}]}],
                   ensure_ascii=False).encode()
FULL = b'{"type":"about:blank","title":"too much waits","status":503,"faults":[]}'


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, status, body, length, headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(body)

    def full(self):
        self.answer(503, FULL, len(FULL), [("Retry-After", "0")])

    def cut_off(self):
        self.close_connection = True

    def half(self):
        self.answer(202, TAKEN[:20], len(TAKEN))
        self.close_connection = True

    def whole(self):
        self.answer(202, TAKEN, len(TAKEN), [("Content-Type", "application/json")])

    ANSWERS = (full, cut_off, half, whole)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        posts = self.server.posts
        posts.append((self.headers["Idempotency-Key"], self.headers["Authorization"], body))
        self.ANSWERS[min(len(posts), len(self.ANSWERS)) - 1](self)


class GatewayInTrouble:
    """`with GatewayInTrouble(port) as gateway`: `posts` holds (Idempotency-Key, Authorization, body) of each."""
    answers = len(Handler.ANSWERS)

    def __init__(self, port):
        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.posts = []

    @property
    def posts(self):
        return self.server.posts

    def begin_anew(self):
        self.server.posts = []

    def __enter__(self):
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

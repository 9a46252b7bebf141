"""Notices as the gateway sends them, and as others would who are not the gateway."""
import base64
import hmac
import http.client
import os
import socket
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Notice:
    name: str
    id: str
    status: int
    body: bytes = b'{"type":"document.changed"}'
    sent: bytes | None = None  # another body than the one that was signed
    age_seconds: int = 0
    timestamp: str | None = None  # in place of digits; not signed
    before: str = ""  # other signatures, in front of the right one
    signature: str | None = None  # in place of the right one; empty: no header
    is_kept: bool = False


NOTICES = (
    Notice("genuine", "msg_1", 204, body=b'{"reason":"\xe9\x80\x80\xe5\x8d\x95"}', is_kept=True),
    Notice("told twice", "msg_1", 204),
    Notice("with the signature of another secret before it", "msg_2", 204, before="v1,AAAA ", is_kept=True),
    Notice("another body", "msg_3", 401, sent=b'{"type":"document.forged"}'),
    Notice("six minutes old", "msg_4", 401, age_seconds=360),
    Notice("six minutes ahead", "msg_5", 401, age_seconds=-360),
    Notice("no time", "msg_6", 401, timestamp="yesterday"),
    Notice("digits of another script", "msg_7", 401, timestamp="\xb2\xb3"),
    Notice("no signature", "msg_8", 401, signature=""),
    Notice("a wrong signature", "msg_9", 401, signature="v1,AAAA"),
    Notice("no text at all", "msg_10", 401, signature="\xff\xfe"),
    Notice("genuine after all that", "msg_11", 204, is_kept=True),
)


def make_secret(file):
    key = os.urandom(32)
    file.write_text(f"whsec_{base64.b64encode(key).decode()}\n", encoding="utf-8")
    return key


def await_listening(process, port):
    while process.poll() is None:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"the receiver has ended: {process.stdout.read()}")


def answer_to(port, secret, notice):
    """The status of the answer."""
    sent_at = str(int(time.time()) - notice.age_seconds)
    signed = f"{notice.id}.{sent_at}.".encode() + notice.body
    right = "v1," + base64.b64encode(hmac.digest(secret, signed, "sha256")).decode()
    signature = notice.before + right if notice.signature is None else notice.signature
    headers = {"Content-Type": "application/json", "webhook-id": notice.id,
               "webhook-timestamp": notice.timestamp or sent_at}
    if signature:
        headers["webhook-signature"] = signature
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request("POST", "/cebgate", notice.sent or notice.body, headers)
        return connection.getresponse().status
    finally:
        connection.close()

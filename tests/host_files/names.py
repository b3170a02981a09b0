"""A name server and web servers for a network namespace that has nothing but its loopback."""

import contextlib
import socket
import ssl
import struct
import threading

A, AAAA = 1, 28


def _records(name, wanted, addresses):
    """Answers for one question: (type, address) pairs of the type that was asked for."""
    answers = b""
    for kind, address in addresses:
        if kind == wanted:
            family = socket.AF_INET if kind == A else socket.AF_INET6
            packed = socket.inet_pton(family, address)
            answers += b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 60, len(packed)) + packed
    return answers, sum(1 for kind, _ in addresses if kind == wanted)


class NameServer:
    """Answers every question at 127.0.0.1:53 in one way, which may be changed."""

    def __init__(self):
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", 53))
        self.behaviour = lambda query, send: None
        self.asked = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            query, client = self.udp.recvfrom(4096)
            self.asked.set()
            self.behaviour(query, lambda answer, client=client: self.udp.sendto(answer, client))


def answering(*addresses, code=0, after=0):
    """The behaviour of a server that knows these (type, address) pairs; None: says nothing."""
    def behaviour(query, send):
        end = query.index(b"\0", 12) + 5
        wanted = struct.unpack(">H", query[end - 4:end - 2])[0]
        records, count = _records(query[12:end], wanted, addresses)
        answer = (query[:2] + struct.pack(">HHHHH", 0x8180 | code, 1, count, 0, 0)
                  + query[12:end] + records)
        if after:
            threading.Timer(after, send, [answer]).start()
        else:
            send(answer)
    return behaviour


def silent(query, send):
    """Never answers."""


def garbage(query, send):
    """Answers with something that is no answer."""
    send(query[:2] + b"\xff" * 40)


def serve_web(family, address, body, certificate=None):
    """Answers each request with the body, at port 80; with a certificate (a file) at 443."""
    server = socket.socket(family, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((address, 443 if certificate else 80))
    server.listen(64)
    if certificate:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
        server = tls.wrap_socket(server, server_side=True, do_handshake_on_connect=False)

    def serve():
        while True:
            client, _ = server.accept()
            with client, contextlib.suppress(OSError):
                while b"\r\n\r\n" not in client.recv(65536):
                    pass
                head = ("HTTP/1.1 200 OK\r\n"
                        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n")
                client.sendall(head.encode() + body)
    threading.Thread(target=serve, daemon=True).start()


def serve_nobody(family, address):
    """Lets nobody in at port 80: connecting to it neither works nor fails."""
    server = socket.socket(family, socket.SOCK_STREAM)
    server.bind((address, 80))
    server.listen(0)
    waiting = [server]
    for _ in range(2):
        client = socket.socket(family, socket.SOCK_STREAM)
        client.setblocking(False)
        client.connect_ex((address, 80))
        waiting.append(client)
    return waiting

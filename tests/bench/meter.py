"""Stands between clients and a server of this machine, and counts the bytes that pass, either way,
TLS included."""

import socket
import threading


class Meter:
    def __init__(self, port):
        self._to = port
        self._lock = threading.Lock()
        self._bytes = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def bytes(self):
        with self._lock:
            return self._bytes

    def close(self):
        self._listener.shutdown(socket.SHUT_RDWR)  # close() alone would not end accept()
        self._listener.close()

    def _accept(self):
        while True:
            try:
                client = self._listener.accept()[0]
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._to))
            for way in ((client, server), (server, client)):
                way[1].setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=self._carry, args=way, daemon=True).start()

    def _carry(self, source, target):
        try:
            while piece := source.recv(1 << 16):
                with self._lock:
                    self._bytes += len(piece)
                target.sendall(piece)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # one of the two has gone

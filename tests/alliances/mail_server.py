"""A mail server that can be told to refuse, on a port of its own."""

import socketserver
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Server:
    """``port`` answers; ``refuses`` maps an address to the line said to it; ``taken`` is the mail.

    ``hold`` is waited for before a mail is taken, once ``arrived`` says that it is there.
    """

    port: int = 0
    refuses: dict[str, str] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)
    arrived: threading.Event = field(default_factory=threading.Event)
    hold: threading.Event = field(default_factory=threading.Event)


@contextmanager
def mail_server():
    """A server for as long as the block lasts; it holds nothing up until it is told to."""
    state = Server()
    state.hold.set()

    class Session(socketserver.StreamRequestHandler):
        def handle(self):
            self.say("220 ready")
            while line := self.rfile.readline().decode().strip():
                verb = line.split(":")[0].upper()
                if verb == "RCPT TO":
                    self.say(state.refuses.get(line.split("<")[1].rstrip(">"), "250 fine"))
                elif verb == "DATA":
                    self.take()
                elif verb == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 fine")

        def take(self):
            self.say("354 go on")
            lines = iter(lambda: self.rfile.readline().decode().rstrip("\r\n"), ".")
            text = "\n".join(lines)
            state.arrived.set()
            state.hold.wait(timeout=30)
            state.taken.append(text)
            self.say("250 taken")

        def say(self, line: str):
            self.wfile.write(f"{line}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        server.daemon_threads = True
        state.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=[0.05], daemon=True)
        thread.start()
        yield state
        server.shutdown()
        thread.join()

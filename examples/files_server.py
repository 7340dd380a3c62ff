"""A file server in the format base64, a thread for each connection: files_server.py PORT DIRECTORY."""
import base64, json, os, socketserver, sys

DIRECTORY = sys.argv[2]


def content(name, mode, *data):
    with open(os.path.join(DIRECTORY, os.path.basename(name)), mode) as file:
        return file.write(*data) if data else file.read()


def reply(verb, name="", data=""):
    if verb == "LIST":
        return os.listdir(DIRECTORY)
    if verb == "GET":
        return base64.b64encode(content(name, "rb")).decode()
    if verb == "UPLOAD":
        return content(name, "wb", base64.b64decode(data, validate=True))
    return os.remove(os.path.join(DIRECTORY, os.path.basename(name)))


class Connection(socketserver.BaseRequestHandler):
    def handle(self):
        unread = bytearray()
        while received := self.request.recv(65536):
            unread += received
            while (end := unread.find(b"\r\n\r\n", max(0, len(unread) - len(received) - 3))) >= 0:
                command = bytes(unread[:end]).decode().split(" ")
                del unread[: end + 4]
                try:
                    answer = {"status": "OK", "data": reply(command[0].upper(), *command[1:])}
                except Exception as error:
                    answer = {"status": "ERROR", "data": str(error)}
                self.request.sendall(json.dumps(answer).encode() + b"\r\n\r\n")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    request_queue_size = 4096


Server(("127.0.0.1", int(sys.argv[1])), Connection).serve_forever()

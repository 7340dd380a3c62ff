"""A client of the file service in the format base64, independent of c10k:

    python3 examples/files_client.py HOST PORT list | get NAME | upload NAME | delete NAME

An upload is read from standard input; a download is written to standard output.
"""

import base64
import json
import socket
import sys

host, port, verb, *name = sys.argv[1:]
command = " ".join([verb.upper(), *name]).encode()
if verb == "upload":
    command += b" " + base64.b64encode(sys.stdin.buffer.read())
with socket.create_connection((host, int(port))) as connection, connection.makefile("rb") as replies:
    connection.sendall(command + b"\r\n\r\n")
    reply = json.loads(replies.readline())
if reply["status"] != "OK":
    sys.exit(reply["data"])
if verb == "get":
    sys.stdout.buffer.write(base64.b64decode(reply["data"], validate=True))
elif verb == "list":
    print(*reply["data"], sep="\n")

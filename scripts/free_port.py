"""Refuse, in a sentence, a port that the portal cannot take. Usage: free_port.py PORT"""

import socket
import sys

HOST = "127.0.0.1"


def reason_against(text):
    """Why the portal cannot listen on the port written as `text`; None when it can."""
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        return f"PORT is “{text}”; it is a number from 1 to 65535, for example: make run PORT=8001"
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, int(text)))
        except PermissionError:
            return f"Port {text} is kept for the system: take one above 1023, for example: make run PORT=8001"
        except OSError:
            return f"Port {text} is taken by another program: stop it, or take another: make run PORT={int(text) + 1}"
    return None


if __name__ == "__main__":
    sys.exit(reason_against(sys.argv[1]))

"""The publishers' services on this machine: what they answer, made from a lake of files.

Written from the published source code and documentation of the services, never from their servers.
"""

from tests.loopback.server import Ask, Fault, Loopback, serving

__all__ = ["Ask", "Fault", "Loopback", "serving"]

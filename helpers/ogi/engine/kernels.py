"""Kernels forked from the template, under jupyter_client's own management."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import zmq
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from ogi.engine.client import QuickClient
from ogi.engine.template import can_fork

PROVISIONER = "ogi-fork-provisioner"
"""The name of the provisioner among the entry points of jupyter_client."""
MEGABYTES = "OGI_KERNEL_MEGABYTES"
"""Variable of a kernel's environment that limits its memory."""
_RETRY = 5
"""Milliseconds between two tries to connect to a kernel that is starting; else 100."""
_KILLED = 0.005
"""Seconds between two looks whether a kernel that was killed is gone; else 0.1."""
_UNKNOWN = -9
"""How a kernel ended whose template is gone: it is killed with it, by a signal that Windows does not name."""


class Template:
    """A template process, started when a kernel is first asked of it, and again when it has died."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: Connection | None = None

    def fork(
        self, command: list[str], folder: str, environment: dict[str, str], megabytes: int | None
    ) -> ForkedKernel:
        """Return a new kernel; OSError where the template cannot be started."""
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._start()
            pid: int = self._ask((command, folder, environment, megabytes))
            return ForkedKernel(self, self._process, pid)

    def ended(self, kernel: ForkedKernel) -> int | None:
        """Return how a kernel ended, None while it runs."""
        with self._lock:
            if kernel.template is not self._process:
                return _UNKNOWN
            try:
                status: int | None = self._ask(kernel.pid)
            except (EOFError, OSError):
                return _UNKNOWN
            return status

    def _ask(self, what: object) -> Any:
        assert self._socket is not None
        self._socket.send(what)
        return self._socket.recv()

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            handle = theirs.fileno()
            # As kernels are started: debugpy, imported for them, warns of frozen modules.
            command = [sys.executable, "-Xfrozen_modules=off", "-m", "ogi.engine.template", str(handle)]
            self._process = subprocess.Popen(command, pass_fds=[handle])
        if self._socket is not None:
            self._socket.close()
        self._socket = Connection(ours.detach())


class ForkedKernel:
    """A kernel process, with what jupyter_client asks of a `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, template: Template, process: Any, pid: int) -> None:
        self._owner, self.template, self.pid = template, process, pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return how it ended, None while it runs."""
        if self.returncode is None:
            self.returncode = self._owner.ended(self)
        return self.returncode

    def wait(self) -> int | None:
        """Return how it ended; called once it has."""
        return self.poll()

    def send_signal(self, number: int) -> None:
        """Send it a signal, where it still runs."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


_TEMPLATE = Template()


class ForkProvisioner(LocalProvisioner):
    """Forks the kernel from the template where that can be done; else starts it afresh."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel of this command; what is not forked is started as LocalProvisioner does."""
        if not can_fork(cmd):
            return await super().launch_kernel(cmd, **kwargs)
        environment = {**os.environ, **(kwargs.get("env") or {})}
        limit = environment.get(MEGABYTES)
        megabytes = None if limit is None else int(limit)
        self.cwd = kwargs.get("cwd") or str(Path.cwd())
        kernel: Any = await asyncio.to_thread(_TEMPLATE.fork, cmd, self.cwd, environment, megabytes)
        self.process, self.pid, self.pgid = kernel, kernel.pid, kernel.pid
        return self.connection_info


class ForkManager(AsyncKernelManager):
    """Manages one forked kernel, reached over sockets of the file system, in a folder of its own.

    Over TCP, one kernel in a hundred loses the race for its ports.
    """

    def __init__(self, **kwargs: Any) -> None:
        # Short, since the path of a socket has at most 107 characters; removed with the manager.
        self._folder = tempfile.TemporaryDirectory(prefix="ogi-", ignore_cleanup_errors=True)
        socket, file = (str(Path(self._folder.name, name)) for name in ("k", "kernel.json"))
        super().__init__(
            transport="ipc", ip=socket, connection_file=file, client_factory=QuickClient, **kwargs
        )
        self.context.setsockopt(zmq.RECONNECT_IVL, _RETRY)
        assert self.kernel_spec is not None
        self.kernel_spec.metadata["kernel_provisioner"] = {"provisioner_name": PROVISIONER}

    async def _async_wait(self, pollinterval: float = _KILLED) -> None:
        await super()._async_wait(pollinterval)

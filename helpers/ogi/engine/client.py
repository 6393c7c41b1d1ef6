"""A client of a kernel that starts and ends in tenths of a second: it waits for events, not for a while."""

from __future__ import annotations

from queue import Empty
from time import monotonic
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient

_ONE_TRY, _QUIET = 1.0, 0.2
"""Seconds that a kernel has to reply, and to tell after its reply that it is idle again."""


class QuickClient(AsyncKernelClient):
    """jupyter_client's own waits, once a kernel has replied, until it has said nothing for 0.2 seconds."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Return once the kernel replies, and what it says of itself arrives.

        RuntimeError where it has died, or does not reply in `timeout` seconds.
        """
        end = None if timeout is None else monotonic() + timeout
        while not await self._replies():
            if not await self.is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if end is not None and monotonic() > end:
                raise RuntimeError(f"Kernel didn't respond in {timeout:g} seconds")

    async def _replies(self) -> bool:
        asked: Any = self.kernel_info()
        try:
            while True:
                reply = await self.shell_channel.get_msg(timeout=_ONE_TRY)
                if reply["msg_type"] == "kernel_info_reply" and _answers(reply, asked):
                    break
            while True:  # lost where the kernel replied before this channel was connected: then once more
                told = await self.iopub_channel.get_msg(timeout=_QUIET)
                if _answers(told, asked) and told["content"].get("execution_state") == "idle":
                    break
        except Empty:
            return False
        self._handle_kernel_info_reply(reply)
        return True


def _answers(message: Any, asked: str) -> bool:
    return bool(message["parent_header"].get("msg_id") == asked)

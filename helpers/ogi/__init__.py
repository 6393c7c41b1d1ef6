"""Read, check, compare and present China's annual reports on open government information."""

import os

__version__ = "0.2.0"

# onnxruntime, which reads scans, tells its maker of each session. It heeds this only where it is set before
# the library is loaded; what is started from here, such as the kernel of a notebook, inherits it.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

"""Read, check, compare and present China's annual reports on open government information."""

__version__ = "0.2.0"

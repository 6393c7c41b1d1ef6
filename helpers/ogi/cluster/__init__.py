"""Many agencies beyond one machine: folders behind URLs, and work that is sent to a Dask cluster.

A task is what one machine does with the agencies of one part of the dataset: it fetches their files into a
folder of its own, reads them or makes their pages there as any run does, and sends back what was made.
"""

from ogi.cluster.run import ingest, plan, summarize
from ogi.cluster.storage import StorageError
from ogi.cluster.tasks import Cluster

__all__ = ["Cluster", "StorageError", "ingest", "plan", "summarize"]

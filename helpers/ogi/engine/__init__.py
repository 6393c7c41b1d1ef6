"""A papermill engine whose kernels are forked from a warm process: `papermill --engine ogi`."""

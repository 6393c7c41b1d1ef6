"""The making of data/samples: figures, real or simulated, printed into the statutory forms.

simulate, real → plan (how a report is to be printed) → printed, grids, narrative → compose → writers.
"""

"""The layout corpus: any figures, in every layout and with every quirk, and beside them what was printed."""

"""Everything that is judged by a report's words: sections, names, counts, dates, what a template left.

The words themselves are in vocabulary.yaml, where a new wording is a new line; what is said of a report
is in the messages.yaml of all rules.
"""

"""Speed, memory and accuracy, each a command."""

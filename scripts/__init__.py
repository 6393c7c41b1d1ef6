"""What the project runs by hand: the making of its samples."""

"""What looks wrong in a translation, and what is done about it."""

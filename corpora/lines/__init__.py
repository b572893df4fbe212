"""What each line of a page says by itself and by its place, and how likely it is the article."""

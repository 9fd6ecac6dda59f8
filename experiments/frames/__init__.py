"""A game drawn as text with rich: the map, the choice, the bottom lines."""

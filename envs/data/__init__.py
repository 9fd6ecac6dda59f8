"""What NetHack's tables say of monsters, attacks, objects and glyphs."""

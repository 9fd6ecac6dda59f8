"""A small dungeon in pure Python that behaves like NetHack at the keyboard, for tests."""

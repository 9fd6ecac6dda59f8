"""The branches of the dungeon by number, in the order of NetHack's dungeon.def."""

DOOM, GEHENNOM, MINES, QUEST, SOKOBAN, LUDIOS, TOWER, PLANES = range(8)

"""The attacks of NetHack's monsters, which NLE's `permonst` leaves out.

Source: NetHack 3.6.7, monst.c (the table ``mons``) and monattk.h (the kinds), in the order of
`permonst`. An entry reads ``name: kind [damage type] dice, ...``; physical damage is not named, and
no dice means that the level decides. ``passive`` attacks answer the one who hits the monster.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_ATTACK = re.compile(r"(?P<kind>[a-z]+)(?: (?P<damage>[a-z0-9]+))? (?P<dice>\d+)d(?P<sides>\d+)")


class Attack(NamedTuple):
    """One attack of a species.

    Attributes:
        kind: how it is made: ``bite``, ``weapon``, ``breath``, ``passive``, ...
        damage: what it does besides, after NetHack's ``AD_`` names: ``phys``, ``plys``, ...
        dice, sides: e.g. 2d6; 0 dice stand for a number that depends on the level.
    """

    kind: str
    damage: str
    dice: int
    sides: int


def _read(entry: str) -> tuple[str, tuple[Attack, ...]]:
    name, _, attacks = entry.partition(": ")
    found = _ATTACK.finditer(attacks)
    return name, tuple(
        Attack(a["kind"], a["damage"] or "phys", int(a["dice"]), int(a["sides"])) for a in found
    )


_TABLE = """
giant ant: bite 1d4; killer bee: sting drst 1d3; soldier ant: bite 2d4, sting drst 3d4;
fire ant: bite 2d4, bite fire 2d4; giant beetle: bite 3d6; queen bee: sting drst 1d8;
acid blob: passive acid 1d8; quivering blob: touch 1d8;
gelatinous cube: touch plys 2d4, passive plys 1d4;
chickatrice: bite 1d2, touch ston 0d0, passive ston 0d0;
cockatrice: bite 1d3, touch ston 0d0, passive ston 0d0; pyrolisk: gaze fire 2d6;
jackal: bite 1d2; fox: bite 1d3; coyote: bite 1d4; werejackal: bite were 1d4; little dog: bite 1d6;
dingo: bite 1d6; dog: bite 1d6; large dog: bite 2d4; wolf: bite 2d4; werewolf: bite were 2d6;
winter wolf cub: bite 1d8, breath cold 1d6; warg: bite 2d6; winter wolf: bite 2d6, breath cold 2d6;
hell hound pup: bite 2d6, breath fire 2d6; hell hound: bite 3d6, breath fire 3d6;
gas spore: boom 4d6; floating eye: passive plys 0d70; freezing sphere: explode cold 4d6;
flaming sphere: explode fire 4d6; shocking sphere: explode elec 4d6;
kitten: bite 1d6; housecat: bite 1d6; jaguar: claw 1d4, claw 1d4, bite 1d8;
lynx: claw 1d4, claw 1d4, bite 1d10; panther: claw 1d6, claw 1d6, bite 1d10; large cat: bite 2d4;
tiger: claw 2d4, claw 2d4, bite 1d10;
gremlin: claw 1d6, claw 1d6, bite 1d4, claw curs 0d0; gargoyle: claw 2d6, claw 2d6, bite 2d4;
winged gargoyle: claw 3d6, claw 3d6, bite 3d4;
hobbit: weapon 1d6; dwarf: weapon 1d8; bugbear: weapon 2d4; dwarf lord: weapon 2d4, weapon 2d4;
dwarf king: weapon 2d6, weapon 2d6;
mind flayer: weapon 1d4, tentacle drin 2d1, tentacle drin 2d1, tentacle drin 2d1;
master mind flayer: weapon 1d8, tentacle drin 2d1, tentacle drin 2d1,
tentacle drin 2d1, tentacle drin 2d1, tentacle drin 2d1;
manes: claw 1d3, claw 1d3, bite 1d4; homunculus: bite slee 1d3; imp: claw 1d4; lemure: claw 1d3;
quasit: claw drdx 1d2, claw drdx 1d2, bite 1d4; tengu: bite 1d7;
blue jelly: passive cold 0d6; spotted jelly: passive acid 0d6;
ochre jelly: engulf acid 3d6, passive acid 3d6;
kobold: weapon 1d4; large kobold: weapon 1d6; kobold lord: weapon 2d4;
kobold shaman: magic spel 0d0;
leprechaun: claw sgld 1d2;
small mimic: claw 3d4; large mimic: claw stck 3d4; giant mimic: claw stck 3d6, claw stck 3d6;
wood nymph: claw sitm 0d0, claw sedu 0d0; water nymph: claw sitm 0d0, claw sedu 0d0;
mountain nymph: claw sitm 0d0, claw sedu 0d0;
goblin: weapon 1d4; hobgoblin: weapon 1d6; orc: weapon 1d8; hill orc: weapon 1d6;
Mordor orc: weapon 1d6; Uruk-hai: weapon 1d8; orc shaman: magic spel 0d0;
orc-captain: weapon 2d4, weapon 2d4;
rock piercer: bite 2d6; iron piercer: bite 3d6; glass piercer: bite 4d6;
rothe: claw 1d3, bite 1d3, bite 1d8; mumak: butt 4d12, bite 2d6;
leocrotta: claw 2d6, bite 2d6, claw 2d6; wumpus: bite 3d6; titanothere: claw 2d8;
baluchitherium: claw 5d4, claw 5d4; mastodon: butt 4d8, butt 4d8;
sewer rat: bite 1d3; giant rat: bite 1d3; rabid rat: bite drco 2d4; wererat: bite were 1d4;
rock mole: bite 1d6; woodchuck: bite 1d6;
cave spider: bite 1d2; centipede: bite drst 1d3; giant spider: bite drst 2d4;
scorpion: claw 1d2, claw 1d2, sting drst 1d4;
lurker above: engulf dgst 1d8; trapper: engulf dgst 1d10;
pony: kick 1d6, bite 1d2; white unicorn: butt 1d12, kick 1d6; gray unicorn: butt 1d12, kick 1d6;
black unicorn: butt 1d12, kick 1d6; horse: kick 1d8, bite 1d3; warhorse: kick 1d10, bite 1d4;
fog cloud: engulf 1d6; dust vortex: engulf blnd 2d8; ice vortex: engulf cold 1d6;
energy vortex: engulf elec 1d6, engulf dren 2d6, passive elec 0d4; steam vortex: engulf fire 1d8;
fire vortex: engulf fire 1d10, passive fire 0d4;
baby long worm: bite 1d4; baby purple worm: bite 1d6; long worm: bite 2d4;
purple worm: bite 2d8, engulf dgst 1d10;
grid bug: bite elec 1d1; xan: sting legs 1d4;
yellow light: explode blnd 10d20; black light: explode halu 10d12;
zruty: claw 3d4, claw 3d4, bite 3d6;
couatl: bite drst 2d4, bite 1d3, hugs wrap 2d4; Aleax: weapon 1d6, weapon 1d6, kick 1d4;
Angel: weapon 1d6, weapon 1d6, claw 1d4, magic magm 2d6;
ki-rin: kick 2d4, kick 2d4, butt 3d6, magic spel 2d6;
Archon: weapon 2d4, weapon 2d4, gaze blnd 2d6, claw 1d8, magic spel 4d6;
bat: bite 1d4; giant bat: bite 1d6; raven: bite 1d6, claw blnd 1d6;
vampire bat: bite 1d6, bite drst 0d0;
plains centaur: weapon 1d6, kick 1d6; forest centaur: weapon 1d8, kick 1d6;
mountain centaur: weapon 1d10, kick 1d6, kick 1d6;
baby gray dragon: bite 2d6; baby silver dragon: bite 2d6; baby red dragon: bite 2d6;
baby white dragon: bite 2d6; baby orange dragon: bite 2d6; baby black dragon: bite 2d6;
baby blue dragon: bite 2d6; baby green dragon: bite 2d6; baby yellow dragon: bite 2d6;
gray dragon: breath magm 4d6, bite 3d8, claw 1d4, claw 1d4;
silver dragon: breath cold 4d6, bite 3d8, claw 1d4, claw 1d4;
red dragon: breath fire 6d6, bite 3d8, claw 1d4, claw 1d4;
white dragon: breath cold 4d6, bite 3d8, claw 1d4, claw 1d4;
orange dragon: breath slee 4d25, bite 3d8, claw 1d4, claw 1d4;
black dragon: breath disn 1d255, bite 3d8, claw 1d4, claw 1d4;
blue dragon: breath elec 4d6, bite 3d8, claw 1d4, claw 1d4;
green dragon: breath drst 4d6, bite 3d8, claw 1d4, claw 1d4;
yellow dragon: breath acid 4d6, bite 3d8, claw 1d4, claw 1d4;
stalker: claw 4d4; air elemental: engulf 1d10; fire elemental: claw fire 3d6, passive fire 0d4;
earth elemental: claw 4d6; water elemental: claw 5d6;
lichen: touch stck 0d0; brown mold: passive cold 0d6; yellow mold: passive stun 0d4;
green mold: passive acid 0d4; red mold: passive fire 0d4; shrieker: -;
violet fungus: touch 1d4, touch stck 0d0;
gnome: weapon 1d6; gnome lord: weapon 1d8; gnomish wizard: magic spel 0d0; gnome king: weapon 2d6;
giant: weapon 2d10; stone giant: weapon 2d10; hill giant: weapon 2d8; fire giant: weapon 2d10;
frost giant: weapon 2d12; ettin: weapon 2d8, weapon 3d6; storm giant: weapon 2d12;
titan: weapon 2d8, magic spel 0d0; minotaur: claw 3d10, claw 3d10, butt 2d8;
jabberwock: bite 2d10, bite 2d10, claw 2d10, claw 2d10;
Keystone Kop: weapon 1d4; Kop Sergeant: weapon 1d6; Kop Lieutenant: weapon 1d8;
Kop Kaptain: weapon 2d6;
lich: touch cold 1d10, magic spel 0d0; demilich: touch cold 3d4, magic spel 0d0;
master lich: touch cold 3d6, magic spel 0d0; arch-lich: touch cold 5d6, magic spel 0d0;
kobold mummy: claw 1d4; gnome mummy: claw 1d6; orc mummy: claw 1d6; dwarf mummy: claw 1d6;
elf mummy: claw 2d4; human mummy: claw 2d4, claw 2d4; ettin mummy: claw 2d6, claw 2d6;
giant mummy: claw 3d4, claw 3d4;
red naga hatchling: bite 1d4; black naga hatchling: bite 1d4; golden naga hatchling: bite 1d4;
guardian naga hatchling: bite 1d4; red naga: bite 2d4, breath fire 2d6;
black naga: bite 2d6, spit acid 0d0; golden naga: bite 2d6, magic spel 4d6;
guardian naga: bite plys 1d6, spit drst 1d6, hugs 2d4;
ogre: weapon 2d5; ogre lord: weapon 2d6; ogre king: weapon 3d5;
gray ooze: bite rust 2d8; brown pudding: bite dcay 0d0;
green slime: touch slim 1d4, passive slim 0d0; black pudding: bite corr 3d8, passive corr 0d0;
quantum mechanic: claw tlpt 1d4;
rust monster: touch rust 0d0, touch rust 0d0, passive rust 0d0;
disenchanter: claw ench 4d4, passive ench 0d0;
garter snake: bite 1d2; snake: bite drst 1d6; water moccasin: bite drst 1d6;
python: bite 1d4, touch 0d0, hugs wrap 1d4, hugs 2d4; pit viper: bite drst 1d4, bite drst 1d4;
cobra: bite drst 2d4, spit blnd 0d0;
troll: weapon 4d2, claw 4d2, bite 2d6; ice troll: weapon 2d6, claw cold 2d6, bite 2d6;
rock troll: weapon 3d6, claw 2d8, bite 2d6; water troll: weapon 2d8, claw 2d8, bite 2d6;
Olog-hai: weapon 3d6, claw 2d8, bite 2d6;
umber hulk: claw 3d4, claw 3d4, bite 2d5, gaze conf 0d0;
vampire: claw 1d6, bite drli 1d6; vampire lord: claw 1d8, bite drli 1d8;
Vlad the Impaler: weapon 2d10, bite drli 1d12;
barrow wight: weapon drli 0d0, magic spel 0d0, claw 1d4; wraith: touch drli 1d6;
Nazgul: weapon drli 1d4, breath slee 2d25;
xorn: claw 1d3, claw 1d3, claw 1d3, bite 4d6;
monkey: claw sitm 0d0, bite 1d3; ape: claw 1d3, claw 1d3, bite 1d6;
owlbear: claw 1d6, claw 1d6, hugs 2d8; yeti: claw 1d6, claw 1d6, bite 1d4;
carnivorous ape: claw 1d4, claw 1d4, hugs 1d8; sasquatch: claw 1d6, claw 1d6, kick 1d8;
kobold zombie: claw 1d4; gnome zombie: claw 1d5; orc zombie: claw 1d6; dwarf zombie: claw 1d6;
elf zombie: claw 1d7; human zombie: claw 1d8; ettin zombie: claw 1d10, claw 1d10;
ghoul: claw plys 1d2, claw 1d3; giant zombie: claw 2d8, claw 2d8;
skeleton: weapon 2d6, touch slow 1d6;
straw golem: claw 1d2, claw 1d2; paper golem: claw 1d3; rope golem: claw 1d4, claw 1d4, hugs 6d1;
gold golem: claw 2d3, claw 2d3; leather golem: claw 1d6, claw 1d6; wood golem: claw 3d4;
flesh golem: claw 2d8, claw 2d8; clay golem: claw 3d10; stone golem: claw 3d8;
glass golem: claw 2d8, claw 2d8; iron golem: weapon 4d10, breath drst 4d6;
human: weapon 1d6; wererat: weapon 2d4; werejackal: weapon 2d4; werewolf: weapon 2d4;
elf: weapon 1d8; Woodland-elf: weapon 2d4; Green-elf: weapon 2d4; Grey-elf: weapon 2d4;
elf-lord: weapon 2d4, weapon 2d4; Elvenking: weapon 2d4, weapon 2d4; doppelganger: weapon 1d12;
shopkeeper: weapon 4d4, weapon 4d4; guard: weapon 4d10; prisoner: weapon 1d6;
Oracle: passive magm 0d4; aligned priest: weapon 4d10, kick 1d4, magic clrc 0d0;
high priest: weapon 4d10, kick 2d8, magic clrc 2d8, magic clrc 2d8; soldier: weapon 1d8;
sergeant: weapon 2d6; nurse: claw heal 2d6; lieutenant: weapon 3d4, weapon 3d4;
captain: weapon 4d4, weapon 4d4; watchman: weapon 1d8; watch captain: weapon 3d4, weapon 3d4;
Medusa: weapon 2d4, claw 1d8, gaze ston 0d0, bite drst 1d6;
Wizard of Yendor: claw samu 2d12, magic spel 0d0; Croesus: weapon 4d10;
ghost: touch 1d1; shade: touch plys 2d6, touch slow 1d6;
water demon: weapon 1d3, claw 1d3, bite 1d3; succubus: bite ssex 0d0, claw 1d3, claw 1d3;
horned devil: weapon 1d4, claw 1d4, bite 2d3, sting 1d3;
incubus: bite ssex 0d0, claw 1d3, claw 1d3; erinys: weapon drst 2d4;
barbed devil: claw 2d4, claw 2d4, sting 3d4;
marilith: weapon 2d4, weapon 2d4, claw 2d4, claw 2d4, claw 2d4, claw 2d4;
vrock: claw 1d4, claw 1d4, claw 1d8, claw 1d8, bite 1d6; hezrou: claw 1d3, claw 1d3, bite 4d4;
bone devil: weapon 3d4, sting drst 2d4; ice devil: claw 1d4, claw 1d4, bite 2d4, sting cold 3d4;
nalfeshnee: claw 1d4, claw 1d4, bite 2d4, magic spel 0d0;
pit fiend: weapon 4d2, weapon 4d2, hugs 2d4; sandestin: weapon 2d6, weapon 2d6;
balrog: weapon 8d4, weapon 4d6; Juiblex: engulf dise 4d10, spit acid 3d6;
Yeenoghu: weapon 3d6, weapon conf 2d8, claw plys 1d6, magic magm 2d6;
Orcus: weapon 3d6, claw 3d4, claw 3d4, magic spel 8d6, sting drst 2d4;
Geryon: claw 3d6, claw 3d6, sting drst 2d4; Dispater: weapon 4d6, magic spel 6d6;
Baalzebub: bite drst 2d6, gaze stun 2d6; Asmodeus: claw 4d4, magic cold 6d6;
Demogorgon: magic spel 8d6, sting drli 1d4, claw dise 1d6, claw dise 1d6;
Death: touch deth 8d8, touch deth 8d8; Pestilence: touch pest 8d8, touch pest 8d8;
Famine: touch famn 8d8, touch famn 8d8; djinni: weapon 2d8;
jellyfish: sting drst 3d3; piranha: bite 2d6; shark: bite 5d6; giant eel: bite 3d6, touch wrap 0d0;
electric eel: bite elec 4d6, touch wrap 0d0; kraken: claw 2d4, claw 2d4, hugs wrap 2d6, bite 5d4;
newt: bite 1d2; gecko: bite 1d3; iguana: bite 1d4; baby crocodile: bite 1d4; lizard: bite 1d6;
chameleon: bite 4d2; crocodile: bite 4d2, claw 1d12;
salamander: weapon 2d8, touch fire 1d6, hugs 2d6, hugs fire 3d6;
long worm tail: -;
archeologist: weapon 1d6, weapon 1d6; barbarian: weapon 1d6, weapon 1d6; caveman: weapon 2d4;
cavewoman: weapon 2d4; healer: weapon 1d6; knight: weapon 1d6, weapon 1d6;
monk: claw 1d8, kick 1d8; priest: weapon 1d6; priestess: weapon 1d6; ranger: weapon 1d4;
rogue: weapon 1d6, weapon 1d6; samurai: weapon 1d8, weapon 1d8; tourist: weapon 1d6, weapon 1d6;
valkyrie: weapon 1d8, weapon 1d8; wizard: weapon 1d6; Lord Carnarvon: weapon 1d6;
Pelias: weapon 1d6; Shaman Karnov: weapon 2d4; Hippocrates: weapon 1d6;
King Arthur: weapon 1d6, weapon 1d6;
Grand Master: claw 4d10, kick 2d8, magic clrc 2d8, magic clrc 2d8;
Arch Priest: weapon 4d10, kick 2d8, magic clrc 2d8, magic clrc 2d8; Orion: weapon 1d6;
Master of Thieves: weapon 2d6, weapon 2d6, claw samu 2d4; Lord Sato: weapon 1d8, weapon 1d6;
Twoflower: weapon 1d6, weapon 1d6; Norn: weapon 1d8, weapon 1d6;
Neferet the Green: weapon 1d6, magic spel 2d8;
Minion of Huhetotl: weapon 8d4, weapon 4d6, magic spel 0d0, claw samu 2d6;
Thoth Amon: weapon 1d6, magic spel 0d0, magic spel 0d0, claw samu 1d4;
Chromatic Dragon: breath rbre 6d6, magic spel 0d0, claw samu 2d8, bite 4d8, bite 4d8, sting 1d6;
Cyclops: weapon 4d8, weapon 4d8, claw samu 2d6;
Ixoth: breath fire 8d6, bite 4d8, magic spel 0d0, claw 2d4, claw samu 2d4;
Master Kaen: claw 16d2, claw 16d2, magic clrc 0d0, claw samu 1d4;
Nalzok: weapon 8d4, weapon 4d6, magic spel 0d0, claw samu 2d6;
Scorpius: claw 2d6, claw samu 2d6, sting dise 1d4;
Master Assassin: weapon drst 2d6, weapon 2d8, claw samu 2d6;
Ashikaga Takauji: weapon 2d6, weapon 2d6, claw samu 2d6;
Lord Surtur: weapon 2d10, weapon 2d10, claw samu 2d6;
Dark One: weapon 1d6, weapon 1d6, claw samu 1d4, magic spel 0d0; student: weapon 1d6;
chieftain: weapon 1d6; neanderthal: weapon 2d4; attendant: weapon 1d6;
page: weapon 1d6, weapon 1d6; abbot: claw 8d2, kick stun 3d2, magic clrc 0d0;
acolyte: weapon 1d6, magic clrc 0d0; hunter: weapon 1d4; thug: weapon 1d6, weapon 1d6;
ninja: weapon 1d8, weapon 1d8; roshi: weapon 1d8, weapon 1d8; guide: weapon 1d6, magic spel 0d0;
warrior: weapon 1d8, weapon 1d8; apprentice: weapon 1d6, magic spel 0d0;
"""

_ENTRIES = [_read(entry) for entry in " ".join(_TABLE.split()).strip(";").split("; ")]
ATTACKS = tuple(attacks for _, attacks in _ENTRIES)  # by species
ATTACKERS = tuple(name for name, _ in _ENTRIES)  # their names, as in permonst

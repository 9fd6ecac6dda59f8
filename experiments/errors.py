"""Mistakes that people make, told in one message: what was wrong, where, what to do."""

from __future__ import annotations

import errno
import os

# What the system says of files, in words that tell what to look at.
TROUBLES = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk is full as far as you may fill it",
    errno.EROFS: "the disk may only be read",
    errno.EACCES: "you have no right to do that there",
    errno.EPERM: "you have no right to do that there",
    errno.ENOENT: "is not there; was it moved or deleted?",
    errno.ENOTDIR: "lies in a file, where a folder is needed",
    errno.EISDIR: "is a folder, where a file is needed",
    errno.EEXIST: "is in the way",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ELOOP: "is a link that leads in a circle, or a link where there must be none",
    errno.EIO: "the disk failed",
}


class UserError(Exception):
    """Printed as one message, without a traceback; the command exits with code 2."""


class ConfigError(UserError):
    """A config, or an override of one, that can't be used."""


class RunError(UserError):
    """A run folder that can't be read, written or gone on with."""


def told(error: OSError) -> str:
    """Return what the system refused, and where, as one sentence for people.

    Names are shown with what can't be printed escaped.
    """
    if error.filename is None or isinstance(error.filename, int):
        return why(error)
    return f"{escaped(os.fsdecode(error.filename))}: {why(error)}"


def why(error: OSError) -> str:
    """Return what the system refused, without where."""
    return TROUBLES.get(error.errno or 0) or error.strerror or str(error)


def escaped(name: object) -> str:
    """Return a name as it can be printed on any terminal: what is no letter is escaped."""
    text = str(name)
    return text if text.isprintable() else ascii(text)[1:-1]

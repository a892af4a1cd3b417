"""The words of the room of letters."""

from __future__ import annotations

from service.i18n.messages import N_

FRESHNESS = {
    "due": N_("to be checked now"),
    "stale": N_("too old to build on"),
    "undated": N_("of unknown age"),
    "all": N_("all of them"),
}

STANDS = {
    "waiting": N_("leaves soon"),
    "asked": N_("sent, no answer yet"),
    "partly": N_("answered in part"),
    "answered": N_("answered"),
    "silent": N_("no answer"),
    "failed": N_("did not arrive"),
}

ANSWERS = {
    "right": N_("still right"),
    "changed": N_("something changed"),
    "gone": N_("no longer exists"),
}

REFUSED = {
    "no_address": N_("No e-mail of this offer is known. You can call them."),
    "bounced": N_("Letters to their address come back. You can call them and ask for another one."),
    "declined": N_("They asked for no letters. You can call them."),
    "recent": N_("They had a letter from us today."),
}

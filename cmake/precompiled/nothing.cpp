// A precompiled header needs a target of its own to be made in, and a target a source.

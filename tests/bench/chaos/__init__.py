"""What the harnesses of faults share: a corpus, the command, its processes, and what must come of it."""

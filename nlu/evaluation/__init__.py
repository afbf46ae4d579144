"""How well messages are understood: labelled rows in, figures with intervals out. Pure; docs/measuring.md."""

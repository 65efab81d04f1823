"""The faces: they translate between people or systems and the core, and decide nothing."""

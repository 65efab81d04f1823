"""The use cases: filing, acting, reading at the desk, a citizen's own cases. Found by `def`."""

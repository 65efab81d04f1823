"""The MongoDB that comes along: for trying out, small desks and tests."""

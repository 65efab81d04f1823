"""What the core needs from the outside, one file per idea; `storage` fulfils it."""

"""Random input of the right shape, nearly the right shape and no shape at all."""

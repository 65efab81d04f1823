"""What every object shares: its blueprint, who stands how to it, and how it is moved, told and pressed.

It knows no single object, and stores and shows nothing.
"""

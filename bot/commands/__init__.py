"""The command line. Every command begins and ends in `running`."""

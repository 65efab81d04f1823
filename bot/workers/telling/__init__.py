"""From a case to those it concerns: citizens, staff, departments' own systems."""

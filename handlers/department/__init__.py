"""The department: queue, case pages, counter, API, Open311."""

"""Open311 GeoReport v2: intake from civic apps and the public status of what they filed, without identities.

Follows the published specification (wiki.open311.org/GeoReport_v2) in paths, fields and error shapes.
"""

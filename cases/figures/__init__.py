"""Everything that is counted: what a case contributes, how it is added up, and what stands out."""

"""How disclosures and outcomes go together."""

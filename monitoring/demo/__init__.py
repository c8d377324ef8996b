"""The demonstration: invented organizations, people and texts, a school year in full swing."""

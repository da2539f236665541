"""The third floor: files → Catalogue, with a Problem for everything that cannot be read."""

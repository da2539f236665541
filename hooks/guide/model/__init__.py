"""The first floor: the nouns of the guide, its closed lists, and what can be told of them without any file."""

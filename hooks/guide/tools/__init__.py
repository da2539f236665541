"""The second floor: what knows nothing of the content, namely the cache and the way to Node."""

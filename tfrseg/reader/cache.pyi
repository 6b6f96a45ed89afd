# Written by tools/stubs.py from the sources; do not edit.

from . import (
    CACHE_NAME as CACHE_NAME, KeptCache as KeptCache, build_cache as build_cache,
    cache_shards as cache_shards, cache_size as cache_size, decoded_samples as decoded_samples,
    find_cache as find_cache, fingerprint as fingerprint, list_caches as list_caches,
    prune_caches as prune_caches,
)

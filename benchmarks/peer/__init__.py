"""The contestants of `benchmarks/peers.py`: one file a peer, all to the contract of `contract.py`."""
from importlib import import_module

from .contract import Peer

MODULES = ("ours", "limit", "bare", "origin", "ordinary", "cached", "dali", "grain_arrayrecord", "albumentations_torch", "webdataset_torch",
           "tfds", "keras_layers")


def all_peers() -> dict[str, Peer]:
    "Every peer by name, in the order of the table. Imports none of their packages."
    return {peer.name: peer for module in MODULES for peer in import_module(f"peer.{module}").PEERS}

# Written by tools/stubs.py from the sources; do not edit.

from dataclasses import dataclass
from . import Target
from . import (
    Feature as Feature, INSTANCES as INSTANCES, RAW as RAW, RAW_IDS as RAW_IDS, SCHEMAS as SCHEMAS,
    Schema as Schema, TFVISION as TFVISION, THIRD_PARTY_SCHEMAS as THIRD_PARTY_SCHEMAS,
    TILE_FEATURES as TILE_FEATURES, as_schema as as_schema, schema_from_keys as schema_from_keys,
    stored_encoding as stored_encoding, with_targets as with_targets,
)

@dataclass(frozen=True)
class _Keys:
    """The keys of a record by role.

    Parameters
    ----------
    name : str
        such as 'tfvision'
    pixels : str
        'raw': plain bytes; 'encoded': PNG, JPEG; 'any': detected, read only
    features : tuple[Feature, ...]
        one for each key
    mask_channels : int, default 1
        of a raw mask: 1, or 3 where each id is repeated three times
    targets : tuple[Target, ...], default ()
        what the records hold, from `with_targets`; (): RGB of 8 bits and ids
    """
    name: str
    pixels: str
    features: tuple[Feature, ...]
    mask_channels: int = 1
    targets: tuple[Target, ...] = ()

    def key(self, role: str) -> str:
        """The key of a role. Raises `KeyError` for a role that the schema lacks.

        Parameters
        ----------
        role : str
            such as 'image'
        """
    def __contains__(self, role: str) -> bool: ...

# Written by tools/stubs.py from the sources; do not edit.

from . import (
    DECATHLON as DECATHLON, JoinedChannels as JoinedChannels, NNUNET as NNUNET,
    decathlon_source as decathlon_source, nnunet_source as nnunet_source,
)

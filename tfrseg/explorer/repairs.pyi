# Written by tools/stubs.py from the sources; do not edit.

from . import (
    MaskRepairs as MaskRepairs, Repair as Repair, RepairKeeping as RepairKeeping, Repairing as Repairing,
    keep_repairs as keep_repairs, repaired_source as repaired_source,
)

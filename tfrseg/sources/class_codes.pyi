# Written by tools/stubs.py from the sources; do not edit.

from . import (
    ADE20K_FULL as ADE20K_FULL, CodedMask as CodedMask, KITTI as KITTI,
    ade20k_full_source as ade20k_full_source, code_names as code_names, kitti_source as kitti_source,
    read_codes as read_codes, read_objects as read_objects,
)

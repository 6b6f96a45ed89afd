"""Operations that move image and mask together, drawn from a seed."""

from tfrseg.door import open_door as _open_door

_EXPORTS = {
    "seeds": ["as_seed", "between", "check_seed", "draws", "fold_in", "split_seed", "uniform", "uniform_int"],
    "regions": ["RegionReader", "as_region", "raw_region"],
    "window": ["Cut", "Window", "axis_offsets", "crop_to_window", "cut_window", "describe_window",
        "grown_row", "grown_size", "is_known", "padded_length", "source_positions", "stack_numbers",
        "take_batch", "take_cut", "take_window", "whole_window"],
    "operation": ["Bindable", "DEFAULT_MOVEMENTS", "FieldKind", "INTERPOLATIONS", "Movement", "NOT_APPLIED", "Operation", "Step",
        "TupleFields", "bind_targets", "check_fill", "check_interpolation", "check_mask", "check_one_size",
        "check_probability", "check_size", "check_targets", "crop_sample", "is_batch", "map_samples",
        "kind_of", "materialize_sample", "movements_of", "operation_kinds", "roles_of", "sample_window",
        "transform_sample", "with_ignore_label"],
    "geometry": ["CropOrPad", "PadToSize", "RandomClassCrop", "RandomCrop", "RandomFlip", "RandomRotate90",
        "RandomShift", "Resize"],
    "compose": ["Combinator", "Compose", "OneOf", "RandomApply", "SomeOf", "select_branch"],
    "sampling": ["FAR_OUTSIDE", "FIXED_ONE", "affine_matrix", "make_matrix", "perspective_matrix",
        "sample_area", "sample_pixels", "surrounding_pixels"],
    "warp": ["RandomAffine", "RandomPerspective", "RandomRotation", "RandomScale", "RandomShear",
        "RegionPart", "Warp", "as_warp", "check_range", "needed_source", "warp_window"],
    "elastic": ["ElasticTransform", "GridDistortion"],
    "color": ["ColorJitter", "LightGradient", "Normalize", "Photometric", "RandomGamma", "RandomShadow",
        "ToGray", "as_4096ths", "check_channels", "crop_like", "grow_image", "grown_count", "scale_bands",
        "sizes_of"],
    "noise": ["CutOut", "GaussianBlur", "GaussianNoise", "JpegArtifacts", "MotionBlur"],
    "bands": ["BandDrop", "BandJitter", "OnBands"],
    "mix": ["BatchOperation", "CutMix", "MixUp", "Mosaic"],
    "presets": ["PRESETS", "RandAugment", "RandomShiftCrop", "aerial_or_cells", "apply_aug_train",
        "document", "natural", "operations_by_text", "origin", "preset_by_name"],
    "from_numpy": ["FromNumpy"],
    "kernel": ["MemoryPool", "copy_cut", "find_opencv", "turn_pixels"],
    "parameters": ["Parameter", "accepts", "allowed_end", "parameters_of", "with_defaults"],
    "listing": ["as_code", "mute_operation", "muted_in", "plain_value", "program_of"],
}
__getattr__, __dir__, __all__ = _open_door(__name__, _EXPORTS)

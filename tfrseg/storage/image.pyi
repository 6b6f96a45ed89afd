# Written by tools/stubs.py from the sources; do not edit.

from . import (
    HOW_TO_REDUCE as HOW_TO_REDUCE, Header as Header, IMAGE_LIMIT as IMAGE_LIMIT,
    IMAGE_SUFFIXES as IMAGE_SUFFIXES, ImageProbe as ImageProbe, ImageShape as ImageShape, Loss as Loss,
    PlainPng as PlainPng, ReducedImage as ReducedImage, deep_pixels as deep_pixels,
    describe_file as describe_file, encode_image as encode_image, encode_png as encode_png,
    image_array as image_array, image_bytes as image_bytes, image_kind as image_kind,
    image_name as image_name, image_shape as image_shape, is_grey_png as is_grey_png,
    load_image as load_image, lost_in_rgb as lost_in_rgb, lost_pixels as lost_pixels,
    open_header as open_header, open_image as open_image, plain_png as plain_png, png_array as png_array,
    probe_image as probe_image, read_header as read_header, read_image as read_image,
    reduce_image as reduce_image, rgb_pixels as rgb_pixels, upright as upright,
)

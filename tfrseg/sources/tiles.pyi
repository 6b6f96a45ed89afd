# Written by tools/stubs.py from the sources; do not edit.

from . import (
    Tile as Tile, TileImage as TileImage, TileMask as TileMask, sample_tile as sample_tile,
    show_grid as show_grid, stitch_predictions as stitch_predictions, stitch_tiles as stitch_tiles,
    tile_depth as tile_depth, tile_grid as tile_grid, tile_source as tile_source,
)

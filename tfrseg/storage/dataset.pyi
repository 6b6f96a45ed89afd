# Written by tools/stubs.py from the sources; do not edit.

from . import (
    DatasetInfo as DatasetInfo, FramedFile as FramedFile, INFO_LIMIT as INFO_LIMIT, INFO_NAME as INFO_NAME,
    SPLIT_WORDS as SPLIT_WORDS, ShardCounts as ShardCounts, ShardInfo as ShardInfo, ShardList as ShardList,
    ShardWriter as ShardWriter, change_info as change_info, clear_staging as clear_staging,
    file_state as file_state, find_shards as find_shards, find_unions as find_unions, job_of as job_of,
    keep_only as keep_only, labels_of_json as labels_of_json, list_shards as list_shards,
    load_info as load_info, same_split as same_split, save_info as save_info, settle_folder as settle_folder,
    shard_names as shard_names, shard_path as shard_path, split_from_name as split_from_name,
    split_told as split_told, staging_folder as staging_folder, why_missing as why_missing,
    writer_at_work as writer_at_work,
)

class _ShardTotals:
    """Sums over the shards of `splits`."""

    def shards(self, split: str | None = None) -> tuple[ShardInfo, ...]:
        """The shards of a split. Raises `ValueError` for a split that does not exist.

        Parameters
        ----------
        split : str | None, default None
            None: all splits
        """

    def records(self, split: str | None = None) -> int:
        """The number of records of a split.

        Parameters
        ----------
        split : str | None, default None
            None: all splits
        """

    def total(self, what: str, split: str | None = None) -> dict:
        """The sums of one of the tables of `ShardInfo`.

        Parameters
        ----------
        what : str
            'sizes', 'pixels', 'images' or 'formats'
        split : str | None, default None
            None: all splits

        Returns
        -------
        dict
            sorted by key
        """

    def size(self, split: str | None = None) -> tuple[int, int] | None:
        """The size that all images of a split have, or None.

        Parameters
        ----------
        split : str | None, default None
            None: all splits

        Returns
        -------
        tuple[int, int] | None
            (height, width), pixels
        """

# Written by tools/stubs.py from the sources; do not edit.

from . import (
    DatasetInfo as DatasetInfo, FramedFile as FramedFile, INFO_LIMIT as INFO_LIMIT, INFO_NAME as INFO_NAME,
    SPLIT_WORDS as SPLIT_WORDS, ShardCounts as ShardCounts, ShardInfo as ShardInfo, ShardList as ShardList,
    ShardWriter as ShardWriter, WriterAtWork as WriterAtWork, clear_staging as clear_staging,
    file_state as file_state, find_shards as find_shards, find_unions as find_unions, job_of as job_of,
    list_shards as list_shards, load_info as load_info, same_split as same_split, save_info as save_info,
    settle_folder as settle_folder, shard_path as shard_path, split_from_name as split_from_name,
    split_told as split_told, staging_folder as staging_folder, writer_at_work as writer_at_work,
)

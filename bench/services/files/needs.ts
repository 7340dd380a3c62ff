/** The room that the storage of one server in one trial takes, and the content that all clients map. */
import type { StagedCell, StorageNeeds } from '../service.js';
import { contentMemory, IN_MEMORY } from './content.js';

/** File systems store whole pages. */
const PAGE = 4096;
/** An empty file takes an inode and an entry. */
const EMPTY_FILE = 1024;

export function needs(cell: StagedCell): StorageNeeds {
  const { protocolOptions, serviceOptions } = cell;
  const size = protocolOptions.bytes === undefined ? null : Number(protocolOptions.bytes);
  return {
    directory: serviceOptions.storage ?? IN_MEMORY,
    bytes: storedBytes(cell, size),
    shared: {
      directory: IN_MEMORY,
      bytes: size === null ? {} : { [String(size)]: contentMemory(size) },
    },
  };
}

function storedBytes({ connections, repeat, ...cell }: StagedCell, size: number | null): number {
  const { op, entries } = cell.protocolOptions;
  const requests = connections * repeat;
  if (size === null) return EMPTY_FILE * (op === 'delete' ? requests : Number(entries));
  return (op === 'upload' ? requests : 1) * Math.ceil(size / PAGE) * PAGE;
}

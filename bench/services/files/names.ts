/** The names of the files that clients work with; native/load/protocol/files has the same. */
import type { StagedCell } from '../service.js';

/** What clients download. */
export const DOWNLOADED = 'download';

/** The files that clients list. */
export function entryNames(entries: number): string[] {
  return Array.from({ length: entries }, (_, i) => `entry-${i}`);
}

/** The files that clients upload or delete: one for each request of each. */
export function requestNames({
  connections,
  repeat,
}: Pick<StagedCell, 'connections' | 'repeat'>): string[] {
  return Array.from({ length: connections }, (_, client) =>
    Array.from({ length: repeat }, (_, nth) => `${client}-${nth}`),
  ).flat();
}

/** The files that a storage must hold before the traffic; a download has the content, others need none. */
export function preparedNames(cell: StagedCell): string[] {
  const { op, entries } = cell.protocolOptions;
  if (op === 'download') return [DOWNLOADED];
  if (op === 'list') return entryNames(Number(entries));
  return op === 'delete' ? requestNames(cell) : [];
}

/** Every file that a trial makes. */
export function ownNames(cell: StagedCell): string[] {
  return cell.protocolOptions.op === 'upload' ? requestNames(cell) : preparedNames(cell);
}

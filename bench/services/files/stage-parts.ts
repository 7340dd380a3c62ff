/** What the stage of a storage here and that of one at a server have in common. */
import type { Stage, StagedCell } from '../service.js';
import { contentPath } from './content.js';

type Options = StagedCell['protocolOptions'];

/** The file that clients compare with or send. */
export async function contentOption({ wire, bytes }: Options): Promise<Options> {
  return bytes === undefined ? {} : { content: await contentPath(Number(bytes), wire) };
}

/** Counts the confirmed uploads that are not stored as they were sent. `countRight`: of those in the storage. */
export function uploadCheck(
  { op }: Options,
  countRight: () => Promise<number>,
): Stage['countWrong'] {
  return async (confirmed) => (op === 'upload' ? Math.max(0, confirmed - (await countRight())) : 0);
}

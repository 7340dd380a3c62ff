/** What the stage of a storage here and that of one at a server have in common. */
import type { Stage, StagedCell } from '../service.js';
import { contentPath } from './content.js';
import { preparedNames } from './names.js';

type Options = StagedCell['protocolOptions'];

/** The file that clients compare with or send. */
export async function contentOption({ wire, bytes }: Options): Promise<Options> {
  return bytes === undefined ? {} : { content: await contentPath(Number(bytes), wire) };
}

/** What a storage has after the traffic. */
interface Found {
  /** How many files are as they were sent. */
  readonly countRight: () => Promise<number>;
  /** How many of the prepared files are left. */
  readonly countLeft: () => Promise<number>;
}

/** Counts the confirmed uploads that are not stored as they were sent, and the confirmed deletions without effect. */
export function effectCheck(
  cell: StagedCell,
  { countRight, countLeft }: Found,
): Stage['countWrong'] {
  const missing = (confirmed: number, found: number) => Math.max(0, confirmed - found);
  return async (confirmed) => {
    switch (cell.protocolOptions.op) {
      case 'upload':
        return missing(confirmed, await countRight());
      case 'delete':
        return missing(confirmed, preparedNames(cell).length - (await countLeft()));
      default:
        return 0;
    }
  };
}

/** The records of the `workers` model: total counts, and a row for each closed connection. */
import { COUNT_NAMES, type CountName } from '../../account/counts.js';
import { columnsOf, openingRow, type ServerRow } from '../../account/server-rows.js';
import { native } from '../../native.js';
import type { Listening, ServerColumns } from '../../native-data.js';
import { type Account, Ending } from './account.cjs';

/** A connection, and the Worker that serves it. */
export interface Conversation {
  readonly peer: Listening;
  readonly opened: number;
  readonly account: Account;
  /** Resolves when the Worker's thread has ended. */
  readonly ended: Promise<void>;
}

export class Ledger {
  readonly live = new Set<Conversation>();
  /** Conversations started; and those that ended without a Worker having served them. */
  started = 0;
  refusals = 0;
  closes = 0;
  /** The counts of ended conversations. */
  readonly #finished = new Float64Array(COUNT_NAMES.length);
  readonly #rows: ServerRow[] = [];

  constructor(readonly listsOpenings: boolean) {}

  begin(conversation: Conversation): void {
    this.started++;
    this.live.add(conversation);
    if (this.listsOpenings) this.#rows.push(openingRow(conversation.peer, conversation.opened));
  }

  /** `isStopping`: the server ends the conversation. */
  finish(conversation: Conversation, isStopping: boolean): void {
    const { account } = conversation;
    this.live.delete(conversation);
    this.closes++;
    if (!wasServed(account)) this.refusals++;
    account.counters.forEach((count, i) => {
      this.#finished[i] = (this.#finished[i] as number) + Number(count);
    });
    this.#rows.push(rowOf(conversation, isStopping ? 'stopped' : reasonOf(account)));
  }

  /** Over all conversations. */
  sum(name: CountName): number {
    let total = this.#finished[COUNT_NAMES.indexOf(name)] as number;
    for (const { account } of this.live) total += countOf(account, name);
    return total;
  }

  /** Conversations whose Worker is not serving yet. */
  starting(): number {
    return this.started - this.sum('accepts') - this.refusals;
  }

  takeRows(): ServerColumns {
    return columnsOf(this.#rows.splice(0));
  }
}

function countOf({ counters }: Account, name: CountName): number {
  return Number(counters[COUNT_NAMES.indexOf(name)]);
}

function wasServed(account: Account): boolean {
  return countOf(account, 'accepts') > 0;
}

function rowOf({ peer, opened, account }: Conversation, closeReason: string): ServerRow {
  return {
    ...openingRow(peer, opened),
    closed: account.ending[Ending.closed] || native.now(),
    requests: countOf(account, 'requests'),
    refused: countOf(account, 'refused'),
    bytesIn: countOf(account, 'bytesIn'),
    bytesOut: countOf(account, 'bytesOut'),
    closeReason,
  };
}

/** A Worker that couldn't start, or died, has left no time of closing. */
function reasonOf({ ending }: Account): string {
  if (ending[Ending.closed] === 0) return 'error';
  return native.closeReasons[ending[Ending.reason] as number] as string;
}

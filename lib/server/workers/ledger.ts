/** The records of the `workers` model: total counts, and a row for each closed connection. */
import { constants } from 'node:os';
import { columnsOf, type ServerRow } from '../../account/server-rows.js';
import { native } from '../../native.js';
import type { Listening, ServerColumns } from '../../native-data.js';
import { failureReason } from '../failure-reason.js';
import { type Account, Field, newAccount } from './account.cjs';

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
  readonly #finished = newAccount();
  readonly #rows: ServerRow[] = [];

  begin(conversation: Conversation): void {
    this.started++;
    this.live.add(conversation);
  }

  /** `isStopping`: the server ends the conversation. */
  finish(conversation: Conversation, isStopping: boolean): void {
    const { account } = conversation;
    this.live.delete(conversation);
    this.closes++;
    if (account[Field.serving] === 0) this.refusals++;
    account.forEach((value, field) => {
      this.#finished[field] = (this.#finished[field] as number) + value;
    });
    this.#rows.push(rowOf(conversation, isStopping ? 'stopped' : reasonOf(account)));
  }

  /** Over all conversations. */
  sum(field: number): number {
    let total = this.#finished[field] as number;
    for (const { account } of this.live) total += account[field] as number;
    return total;
  }

  /** Conversations whose Worker is not serving yet. */
  starting(): number {
    return this.started - this.sum(Field.serving) - this.refusals;
  }

  takeRows(): ServerColumns {
    return columnsOf(this.#rows.splice(0));
  }
}

function rowOf({ peer, opened, account }: Conversation, closeReason: string): ServerRow {
  return {
    loop: 0,
    remoteAddress: peer.address,
    remotePort: peer.port,
    opened,
    closed: account[Field.closed] || native.now(),
    requests: account[Field.requests] as number,
    bytesIn: account[Field.bytesIn] as number,
    bytesOut: account[Field.bytesOut] as number,
    closeReason,
  };
}

function reasonOf(account: Account): string {
  const error = account[Field.error] as number;
  if (error === 0) return 'end';
  // A serving Worker timed out: in send() if received bytes are unsent, otherwise in recv().
  if (error === constants.errno.EAGAIN && account[Field.serving] === 1)
    return account[Field.bytesIn] === account[Field.bytesOut] ? 'idle' : 'stalled';
  return failureReason(error);
}

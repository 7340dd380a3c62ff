/** What `serve` writes while it runs: the list of connections and, if asked, the log. */
import type { Command } from 'commander';
import { isOpening, type ServerRow } from '../../lib/account/server-rows.js';
import type { Recorded, ServerTransfer } from '../../lib/account/transfers.js';
import { add } from '../cli/option.js';
import { refuse, UsageError } from '../cli/usage-error.js';
import { directory } from '../cli/values.js';
import { type ConnectionLog, openConnectionLog } from '../store/connection-log.js';
import { namesOf } from '../store/host-names.js';
import { openServerList, type ServerTotals } from '../store/server-list.js';
import { openTransferList, type TransferCount } from '../store/transfer-list.js';

export interface OutputFlags {
  readonly output?: string;
  readonly log?: string;
  readonly names?: boolean;
}

/** So that a name server that doesn't answer delays a row by less than a second. */
const NAME_TIMEOUT_MS = 500;

export function addOutputOptions(command: Command): Command {
  command.optionsGroup('The results:');
  add(
    command,
    '-o, --output <dir>',
    'directory for server.csv, hosts.csv and transfers.csv (default: results/TIME-serve)',
    directory,
  );
  add(
    command,
    '--log <file>',
    'file for a line when a connection opens, a recorded transfer ends and a connection closes, appended; - is standard output',
    logPath,
  );
  return command.option(
    '--names',
    'names of client hosts, by reverse lookup, in server.csv and the log',
  );
}

function logPath(text: string): string {
  return text.trim() === '' ? refuse(text, 'not a file', 'a file, or -') : text;
}

export interface ServeTotals extends ServerTotals {
  /** Null if they aren't recorded. */
  readonly transfers: TransferCount | null;
}

/** What is listed, besides connections. */
export interface Lists {
  readonly log: ConnectionLog | null;
  readonly transfers: boolean;
}

export interface ServeOutput {
  append(rows: readonly ServerRow[], transfers: Recorded<ServerTransfer>): Promise<void>;
  /** Writes the rest of the log, and hosts.csv. */
  finish(): Promise<ServeTotals>;
  /** Must be called at the end, also after a write has failed. */
  close(): Promise<void>;
}

/** Opens the log, before the server starts; null if none was asked for. */
export async function openLog({ log }: OutputFlags): Promise<ConnectionLog | null> {
  return log === undefined ? null : openConnectionLog(log);
}

/** Throws UsageError for options that need rows, of a server that keeps none. */
export function refuseWithoutRows({ log, names }: OutputFlags, server: string): void {
  if (log !== undefined || names)
    throw new UsageError(`--log and --names: not supported by --server ${server}`);
}

/** `started`: when the server began to listen, ns on CLOCK_MONOTONIC. */
export async function openOutput(
  path: string,
  started: number,
  { log, transfers: listsTransfers }: Lists,
  { names: named = false }: OutputFlags,
): Promise<ServeOutput> {
  const list = await openServerList(path, { started, named });
  const transferList = listsTransfers ? await openTransferList(path, started) : null;
  return {
    append: async (rows, transfers) => {
      const addresses = named ? rows.map((row) => row.remoteAddress) : [];
      const names = await namesOf(addresses, NAME_TIMEOUT_MS);
      const closed = rows.filter((row) => !isOpening(row));
      await list.append(closed, names);
      await transferList?.append(transfers);
      await log?.append(rows, transfers.rows, names);
    },
    finish: async () => {
      await log?.finish();
      return { ...(await list.finish()), transfers: transferList?.count() ?? null };
    },
    close: async () => {
      await log?.close();
      await list.close();
      await transferList?.close();
    },
  };
}

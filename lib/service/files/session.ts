/** A connection of the file service. */
import type { Socket } from 'node:net';
import type { TransferReports } from '../../account/transfer-recorder.js';
import type { Tally } from '../service.js';
import type { Input } from './input.js';
import type { Storage } from './storage.js';
import type { Wire } from './wire.js';

export interface Session {
  readonly socket: Socket;
  readonly input: Input;
  readonly wire: Wire;
  readonly storage: Storage;
  /** The most bytes of an upload. */
  readonly largest: number;
  readonly tally: Tally;
  readonly transfers: TransferReports | undefined;
}

/** The bulk service on Node's own sockets; its wire format is that of native/service/bulk. */
import type { Socket } from 'node:net';
import type { TransferReports } from '../account/transfer-recorder.js';
import { MAX_LINE, parseBulkRequest } from './bulk-request.js';
import { type BulkSource, fileSource, memorySource } from './bulk-source.js';
import { endLingering } from './linger.js';
import type { Service, Tally } from './service.js';

const NEWLINE = 10;
const NOTHING = Buffer.alloc(0);

export function bulk({ source: name }: Readonly<Record<string, string>>): Service {
  const source = name === 'file' ? fileSource() : memorySource();
  return {
    serve: (socket, tally, transfers) => {
      const conversation = new Conversation(socket, tally, source, transfers);
      socket.on('data', (chunk) => conversation.receive(chunk));
      socket.on('end', () => conversation.end());
    },
    close: source.close,
  };
}

/** One connection. It is paused while an answer is sent, so nothing is received meanwhile. */
class Conversation {
  #unread: Buffer = NOTHING;
  /** PUT: the length of the payload, and what is left to receive. */
  #length = 0;
  #toReceive = 0;
  #isAnswering = false;
  #isAdvancing = false;
  #hasEnded = false;

  constructor(
    readonly socket: Socket,
    readonly tally: Tally,
    readonly source: BulkSource,
    readonly transfers: TransferReports | undefined,
  ) {}

  receive(chunk: Buffer): void {
    this.#unread = this.#unread.length > 0 ? Buffer.concat([this.#unread, chunk]) : chunk;
    this.#advance();
    if (this.#isAnswering) this.socket.pause();
  }

  /** The peer sends no more. A paused socket reports it too. */
  end(): void {
    this.#hasEnded = true;
    if (this.#isAnswering) return;
    if (this.#toReceive > 0 || this.#unread.length > 0) this.#refuse('incomplete');
    else this.socket.end();
  }

  /** Handles what is unread, up to the first request whose answer the socket doesn't take at once. */
  #advance(): void {
    this.#isAdvancing = true;
    while (this.#unread.length > 0 && !this.#isAnswering) {
      if (this.#toReceive > 0) this.#receivePayload();
      else if (!this.#readLine()) break;
    }
    this.#isAdvancing = false;
  }

  readonly #answered = (): void => {
    this.tally.requests++;
    this.transfers?.end('done');
    this.#isAnswering = false;
    if (this.#isAdvancing) return;
    this.#advance();
    if (this.#isAnswering) return;
    if (this.#hasEnded) this.end();
    else this.socket.resume();
  };

  #receivePayload(): void {
    const count = Math.min(this.#toReceive, this.#unread.length);
    this.#unread = this.#unread.subarray(count);
    this.#toReceive -= count;
    this.transfers?.received(count);
    if (this.#toReceive > 0) return;
    this.#isAnswering = true;
    if (this.socket.write(`OK ${this.#length}\n`)) this.#answered();
    else this.socket.once('drain', this.#answered);
  }

  /** False if the line is not complete. */
  #readLine(): boolean {
    const start = this.#unread.subarray(0, MAX_LINE);
    const newline = start.indexOf(NEWLINE);
    if (newline >= 0) {
      this.#unread = this.#unread.subarray(newline + 1);
      this.#begin(start.toString('latin1', 0, newline));
    } else if (start.length === MAX_LINE) {
      this.#refuseRequest('line too long');
    }
    return newline >= 0;
  }

  #begin(line: string): void {
    const request = parseBulkRequest(line);
    if (request.command === 'refused') {
      this.#refuseRequest(request.why);
    } else if (request.command === 'PUT') {
      this.transfers?.begin('put');
      this.#length = this.#toReceive = request.length;
    } else {
      this.transfers?.begin('get');
      this.#isAnswering = true;
      const queued = (bytes: number) => this.transfers?.queued(bytes);
      this.source.send(this.socket, request.length, { queued, done: this.#answered });
    }
  }

  #refuseRequest(why: string): void {
    this.transfers?.begin('');
    this.transfers?.end('refused');
    this.#refuse(why);
  }

  /** What follows is discarded. */
  #refuse(why: string): void {
    this.tally.refused++;
    this.#unread = NOTHING;
    this.socket.removeAllListeners('data').removeAllListeners('end');
    endLingering(this.socket, `ERROR ${why}\n`);
  }
}

/** What the wire formats have in common: how commands, contents and replies are framed. */
import type { Command } from './command.js';

export interface Wire {
  /** The command at the beginning of what was received; undefined: it is incomplete. */
  readonly readHead: (unread: Buffer) => Head | undefined;
  /** For one upload; `length`: of its command. */
  readonly openContent: (length: number) => ContentReader;
  /** The most that a client sends for a content of this length. */
  readonly mostReceived: (length: number) => number;
  readonly download: DownloadFormat;
  /** Whole replies. */
  readonly confirmation: string;
  readonly refusal: (why: string) => string;
  readonly listing: (names: readonly string[]) => string;
}

export interface Head {
  readonly command: Command;
  /** Those before the next command or, for an upload, before its content. */
  readonly bytes: number;
}

/** Reads the next part of a content. After an error the rest is still read. */
export type ContentReader = (unread: Buffer) => Content;

export interface Content {
  /** How much of `unread`. */
  readonly read: number;
  /** Those of the file, valid until the next call. */
  readonly bytes: Buffer;
  readonly isWhole: boolean;
  /** Undefined: it is correct so far. */
  readonly error?: string | undefined;
}

/** The parts of the reply to GET. */
export interface DownloadFormat {
  readonly head: (length: number) => string;
  /** Of the file, in each part but the last. */
  readonly partBytes: number;
  readonly encode: (bytes: Buffer) => Buffer;
  readonly tail: string;
  /** Whether a file is sent as it is, so that queued bytes are bytes of the file. */
  readonly isVerbatim: boolean;
}

/** A command without its framing, which differs between wire formats: native/service/files/command.h. */
import { BAD_NAME, isFileName } from './storage.js';

/** As transfers are recorded; empty: unknown. */
export type Operation = 'list' | 'download' | 'upload' | 'delete' | '';

export interface Command {
  readonly operation: Operation;
  /** Empty if it takes none, or is refused. */
  readonly name: string;
  /** An upload in the format `raw`: the length of the content that follows. */
  readonly length: number;
  /** Why it is refused. */
  readonly error?: string | undefined;
  /** It is refused, and where the next command begins is unknown. */
  readonly isLast: boolean;
}

const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['LIST', 'list'],
  ['GET', 'download'],
  ['UPLOAD', 'upload'],
  ['DELETE', 'delete'],
]);

export function refused(operation: Operation, error: string): Command {
  return { operation, name: '', length: 0, error, isLast: false };
}

/** Refused, without a known end. */
export function lost(operation: Operation, error: string): Command {
  return { ...refused(operation, error), isLast: true };
}

/** Verbs are accepted in any case. A line is given as latin1: a character for each byte. */
export function operationOf(verb: string): Operation {
  return OPERATIONS.get(verb.toUpperCase()) ?? '';
}

/** The line up to the first space, and what follows that; undefined: there is no space. */
export function splitVerb(line: string): readonly [verb: string, rest: string | undefined] {
  const space = line.indexOf(' ');
  return space < 0 ? [line, undefined] : [line.slice(0, space), line.slice(space + 1)];
}

/** A command with this name, given as latin1; refused if no file may have it. */
export function named(operation: Operation, name: string): Command {
  const bytes = Buffer.from(name, 'latin1');
  if (bytes.length === 0) return refused(operation, 'no name');
  if (!isFileName(bytes)) return refused(operation, BAD_NAME);
  return { operation, name: bytes.toString(), length: 0, isLast: false };
}

/** Parses LIST, GET name or DELETE name. */
export function parseCommand(line: string): Command {
  const [verb, rest] = splitVerb(line);
  const operation = operationOf(verb);
  if (operation === '') return refused('', 'unknown command');
  if (operation !== 'list') return named(operation, rest ?? '');
  if (rest !== undefined) return refused('list', 'LIST takes no name');
  return { operation, name: '', length: 0, isLast: false };
}

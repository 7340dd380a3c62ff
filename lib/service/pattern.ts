/** The bytes that services send, from memory or from a file: native/base/pattern.h. */
import { fstatSync, readSync } from 'node:fs';
import { native } from '../native.js';

const { patternPeriod: PERIOD, patternView: VIEW } = native;

/** A file of whole periods. */
export interface PatternFile {
  /** The caller must close it. */
  readonly fd: number;
  readonly length: number;
}

export function openPatternFile(): PatternFile {
  const fd = native.patternFile();
  return { fd, length: fstatSync(fd).size };
}

/** Returns a function that gives the bytes from a position of the stream on, at most a view. */
export function readPattern(): (position: number, length: number) => Uint8Array {
  const { fd } = openPatternFile();
  const bytes = Buffer.alloc(PERIOD + VIEW);
  readSync(fd, bytes, { position: 0 });
  native.close(fd);
  return (position, length) => {
    const start = position % PERIOD;
    return bytes.subarray(start, start + Math.min(length, VIEW));
  };
}

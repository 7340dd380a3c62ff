/** A process with the methods that tests of remote calls use. */
import { readSync, writeSync } from 'node:fs';
import { FIRST_INHERITED, serveCalls } from '../../lib/remote.js';

const methods = {
  add: (a: number, b: number) => a + b,
  column: (values: Float64Array) => values.map((value) => value * 2),
  later: (ms: number) => new Promise<number>((resolve) => setTimeout(() => resolve(ms), ms)),
  fail: (code?: string) => {
    throw Object.assign(new Error('it failed'), code === undefined ? {} : { code });
  },
  exit: (code: number) => process.exit(code),
  /** Blocks until a byte can be read from the first inherited descriptor; tells by the second. */
  block: () => {
    writeSync(FIRST_INHERITED + 1, '.');
    return readSync(FIRST_INHERITED, Buffer.alloc(1));
  },
  never: () => new Promise<never>(() => {}),
};

export type CalledMethods = typeof methods;

serveCalls(methods);

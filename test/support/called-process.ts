/** A process with the methods that tests of remote calls use. */
import { serveCalls } from '../../lib/remote.js';

const methods = {
  add: (a: number, b: number) => a + b,
  column: (values: Float64Array) => values.map((value) => value * 2),
  later: (ms: number) => new Promise<number>((resolve) => setTimeout(() => resolve(ms), ms)),
  fail: (code?: string) => {
    throw Object.assign(new Error('it failed'), code === undefined ? {} : { code });
  },
  exit: (code: number) => process.exit(code),
  never: () => new Promise<never>(() => {}),
};

export type CalledMethods = typeof methods;

serveCalls(methods);

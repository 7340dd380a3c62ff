/** The models written in C++, which run on native threads. */

import { COUNT_NAMES, counts } from '../account/counts.js';
import { native } from '../native.js';
import type { StartModel } from './running.js';

/** `control` keeps no records. */
const UNCOUNTED = new Set(['control']);

export const startNative: StartModel = (listeners, spec) => {
  const { model, service, loops } = spec;
  const { idleTimeoutNs, writeTimeoutNs, listsOpenings, listsTransfers } = spec;
  const optional = { idleTimeoutNs, writeTimeoutNs, listsOpenings, listsTransfers };
  const server = new native.Server({ model, service, listeners, loops, ...optional });
  const known = (totals: Float64Array) =>
    counts(
      UNCOUNTED.has(model)
        ? {}
        : Object.fromEntries(COUNT_NAMES.map((name, i) => [name, totals[i]])),
    );
  return {
    counts: () => server.totals().map(known),
    takeRows: () => server.takeRows(),
    takeTransfers: () => server.takeTransfers(),
    stop: () => server.stop(),
  };
};

/** The code that runs each model in its host process: one row per model that is not a loop of the addon. */
import { startForking } from './forking.js';
import { startLibuv } from './libuv.js';
import { startNative } from './native-model.js';
import type { StartModel } from './running.js';
import { startWorkers } from './workers/workers.js';

const OTHERS: Readonly<Record<string, StartModel>> = {
  fork: startForking,
  'fork-few': startForking,
  libuv: startLibuv,
  workers: startWorkers,
};

export const startModel: StartModel = (listeners, spec) =>
  (OTHERS[spec.model] ?? startNative)(listeners, spec);

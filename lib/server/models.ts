/** The code that runs each model in its host process: one row per model that is not a loop of the addon. */
import { startNative } from './native-model.js';
import type { StartModel } from './running.js';

const startForking: StartModel = async (...args) =>
  (await import('./forking.js')).startForking(...args);

/** Loaded on demand: a process runs one model, and loading all of them takes as long as Node.js takes to start. */
const OTHERS: Readonly<Record<string, StartModel>> = {
  fork: startForking,
  'fork-few': startForking,
  libuv: async (...args) => (await import('./libuv.js')).startLibuv(...args),
  workers: async (...args) => (await import('./workers/workers.js')).startWorkers(...args),
};

export const startModel: StartModel = (listeners, spec) =>
  (OTHERS[spec.model] ?? startNative)(listeners, spec);

/** The code that runs each model in its host process: one row per non-native model. */
import { startLibuv } from './libuv.js';
import { startNative } from './native-model.js';
import type { StartModel } from './running.js';
import { startWorkers } from './workers/workers.js';

const IN_TYPESCRIPT: Readonly<Record<string, StartModel>> = {
  libuv: startLibuv,
  workers: startWorkers,
};

export const startModel: StartModel = (listeners, spec) =>
  (IN_TYPESCRIPT[spec.model] ?? startNative)(listeners, spec);

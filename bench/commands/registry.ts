/** All commands, in the order of --help. */
import type { AddCommand } from '../cli/program.js';
import { compareCommand } from './compare.js';
import { doctorCommand } from './doctor.js';
import { loadCommand } from './load.js';
import { MEASURING_COMMANDS } from './measure.js';
import { modelsCommand } from './models.js';
import { rampCommand } from './ramp.js';
import { reconcileCommand } from './reconcile.js';
import { reportCommand } from './report.js';
import { serveCommand } from './serve.js';

export const COMMANDS: readonly AddCommand[] = [
  ...MEASURING_COMMANDS,
  serveCommand,
  loadCommand,
  rampCommand,
  compareCommand,
  reconcileCommand,
  reportCommand,
  modelsCommand,
  doctorCommand,
];

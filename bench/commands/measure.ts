/** A command for each service: servers × loads × trials. */
import type { Command } from 'commander';
import { readMachine } from '../../lib/catalog/ceilings.js';
import { add, addAll } from '../cli/option.js';
import type { AddCommand } from '../cli/program.js';
import { oneOf } from '../cli/values.js';
import { machineFor } from '../experiment/machine.js';
import type { OutputFlags } from '../experiment/present.js';
import { conduct, resume } from '../experiment/session.js';
import { planAll } from '../plan/plan.js';
import { fixedBy, partsOf, presetsOf } from '../presets/presets.js';
import { performOn } from '../run/trial.js';
import { DEFAULT_SERVICE, optionsOf, SERVICES } from '../services/registry.js';
import type { Service } from '../services/service.js';
import {
  addExperimentOptions,
  type ExperimentFlags,
  experimentOptions,
} from './options/experiment.js';
import { refuse } from './options/given.js';
import { addOutputOptions } from './options/output.js';
import { RESUME, refuseBesideResume } from './options/resume.js';
import { assertFree } from './options/server.js';
import { addStopping, type StoppingFlags, stoppingOf } from './options/stopping.js';

interface Flags extends ExperimentFlags, OutputFlags, StoppingFlags {
  readonly preset?: string;
  readonly resume?: string;
}

export const MEASURING_COMMANDS: readonly AddCommand[] = SERVICES.map(
  (service) => (program) => addMeasuring(program, service),
);

function addMeasuring(program: Command, service: Service): void {
  const { name, about, examples } = service;
  const isDefault = name === DEFAULT_SERVICE;
  const command = program.command(name, { isDefault }).description(about);
  addExperimentOptions(command, service);
  command.optionsGroup(`The service ${name}:`);
  addAll(command, optionsOf(service, ['server', 'client']));
  command.optionsGroup('The experiment:');
  const presets = presetsOf(name);
  if (presets.length > 0)
    add(command, '--preset <name>', `named experiment: ${presets.join(', ')}`, oneOf(presets));
  addStopping(command);
  add(command, ...RESUME);
  addOutputOptions(command)
    .addHelpText(
      'after',
      `
Examples:${examples}

Lists are combined: every server with every number of connections. Exit code 3: a trial was invalid, failed or skipped.`,
    )
    .action(async (flags: Flags) => {
      process.exitCode = await measure(flags, service);
    });
}

async function measure(flags: Flags, service: Service): Promise<number> {
  const { name } = service;
  if (flags.resume !== undefined) return resumeRun(name, flags.resume, flags);
  if (flags.preset !== undefined) refuseFixed(flags.preset, flags);
  const options = { ...(await experimentOptions(flags, service)), stopping: stoppingOf(flags) };
  const parts = flags.preset === undefined ? [options] : partsOf(flags.preset, options);
  assertFree(options);
  const machine = machineFor(parts);
  return conduct({
    name,
    options: { ...options, preset: flags.preset ?? null },
    plan: planAll(parts, machine),
    perform: performOn(machine),
    output: flags,
    canResume: true,
  });
}

function resumeRun(name: string, path: string, flags: Flags): Promise<number> {
  refuseBesideResume(flags);
  const machine = readMachine();
  return resume(name, path, flags, () => performOn(machine));
}

/** Throws UsageError for options that the preset sets. */
function refuseFixed(preset: string, flags: Flags): void {
  const fixed = fixedBy(preset);
  const why = `can't be combined with --preset ${preset}, which sets it`;
  refuse(flags, (name) => fixed.includes(name), why);
}

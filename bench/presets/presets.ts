/** The named experiments: each is data in one file and a row here. */
import { attributeOf } from '../cli/option.js';
import type { ExperimentOptions } from '../plan/plan.js';
import { DEFAULT_SERVICE, optionsOf, serviceNamed } from '../services/registry.js';
import type { ServiceLoad } from '../services/service.js';
import { comp8005 } from './comp8005.js';
import { ets } from './ets.js';
import type { Preset, TestCase } from './preset.js';

export const PRESETS: readonly Preset[] = [comp8005, ets];

const PRESET_NAMES: readonly string[] = PRESETS.map(({ name }) => name);

export function presetsOf(service: string): readonly string[] {
  return PRESETS.filter((preset) => preset.service === service).map(({ name }) => name);
}

/** The options, as commander names them, that the preset sets. */
export function fixedBy(name: string): readonly string[] {
  const preset = PRESETS.find((each) => each.name === name);
  const fixed = new Set([
    ...Object.keys(preset?.common ?? {}),
    ...(preset?.parts ?? []).flatMap(Object.keys),
  ]);
  const service = serviceNamed(preset?.service ?? DEFAULT_SERVICE);
  const loads = optionsOf(service, ['server', 'client'])
    .map(attributeOf)
    .filter((option) => !preset?.leaves?.includes(option));
  return [...fixed].flatMap((key) => (key === 'loads' ? loads : (FLAGS[key] ?? [key])));
}

/** Option names that differ from the field that they set. */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  servers: ['server'],
  connections: ['conns'],
  rates: ['rate'],
  durationNs: ['duration'],
};

/** Empty for a preset that this version does not have. */
export function casesOf(name: string): readonly TestCase[] {
  return PRESETS.find((each) => each.name === name)?.cases ?? [];
}

/** The preset's parts, completed with the options. */
export function partsOf(name: string, options: ExperimentOptions): readonly ExperimentOptions[] {
  const preset = PRESETS.find((each) => each.name === name);
  if (!preset) throw new Error(`preset ${name}: unknown; allowed: ${PRESET_NAMES.join(', ')}`);
  const { service, common, parts, leaves = [] } = preset;
  const loads = (common.loads ?? options.loads).map((load) => asGiven(load, leaves, options));
  return parts.map((part) => ({ ...options, service, ...common, loads, ...part }));
}

/** The load, with those options of its server that the preset leaves open as the command line has them. */
function asGiven(
  load: ServiceLoad,
  leaves: readonly string[],
  { loads: [given] }: ExperimentOptions,
): ServiceLoad {
  const open = Object.entries(given?.serviceOptions ?? {}).filter(([name]) =>
    leaves.includes(name),
  );
  return { ...load, serviceOptions: { ...load.serviceOptions, ...Object.fromEntries(open) } };
}

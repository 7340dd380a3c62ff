/** The option that chooses a service, and the services' own options, for commands that work with each of them. */
import type { Command } from 'commander';
import { add, addAll, attributeOf, type OptionRow, parserOf } from '../../cli/option.js';
import { oneOf } from '../../cli/values.js';
import {
  DEFAULT_SERVICE,
  type Halves,
  optionsOf,
  SERVICES,
  serviceNamed,
} from '../../services/registry.js';
import type { Service } from '../../services/service.js';
import { refuse } from './given.js';

export interface ServiceFlags {
  readonly service?: string;
}

/** Adds the options of the given halves of all services. */
export function addServiceOptions(command: Command, halves: Halves): void {
  const names = SERVICES.map(({ name }) => name);
  add(
    command,
    '--service <name>',
    `service: ${names.join(', ')} (default: ${DEFAULT_SERVICE})`,
    oneOf(names),
  );
  for (const service of SERVICES) {
    const own = optionsOf(service, halves).filter((row) => !isShared(row, halves));
    if (own.length === 0) continue;
    command.optionsGroup(`The service ${service.name}:`);
    addAll(command, own);
  }
  command.optionsGroup('Of several services:');
  addAll(command, sharedOptions(halves));
}

/** The services that have an option, each with its row. */
function ownersOf(attribute: string, halves: Halves) {
  return SERVICES.flatMap((service) => {
    const row = optionsOf(service, halves).find((each) => attributeOf(each) === attribute);
    return row ? [{ name: service.name, row }] : [];
  });
}

function isShared(row: OptionRow, halves: Halves): boolean {
  return ownersOf(attributeOf(row), halves).length > 1;
}

/** Each once. Their values are parsed when the service is known. */
function sharedOptions(halves: Halves): readonly OptionRow[] {
  const all = SERVICES.flatMap((service) => optionsOf(service, halves));
  const attributes = new Set(all.filter((row) => isShared(row, halves)).map(attributeOf));
  return [...attributes].map((attribute) => {
    const owners = ownersOf(attribute, halves);
    const flags = `--${attribute} <value,…>`;
    return [flags, owners.map(({ name, row }) => `${name}: ${row[1]}`).join('; '), String];
  });
}

/** The flags with the values of shared options as the service reads them. */
function parsed(flags: object, service: Service, halves: Halves): object {
  const shared = optionsOf(service, halves).filter((row) => isShared(row, halves));
  const values = shared.flatMap((row) => {
    const attribute = attributeOf(row);
    const text = (flags as Readonly<Record<string, unknown>>)[attribute];
    return typeof text === 'string' ? [[attribute, parserOf(row)(text)] as const] : [];
  });
  return { ...flags, ...Object.fromEntries(values) };
}

/** Throws UsageError for another service's option. */
export function chosenService(flags: ServiceFlags, halves: Halves): Service {
  const service = serviceNamed(flags.service ?? DEFAULT_SERVICE);
  const ownAttributes = optionsOf(service, halves).map(attributeOf);
  const others = SERVICES.filter((each) => each !== service)
    .flatMap((each) => optionsOf(each, halves))
    .map(attributeOf)
    .filter((attribute) => !ownAttributes.includes(attribute));
  const own = optionsOf(service, halves).map(nameOf).join(', ') || 'none';
  refuse(
    flags,
    (name) => others.includes(name),
    `not an option of the service ${service.name}; its own: ${own}`,
  );
  return { ...service, loads: (given) => service.loads(parsed(given, service, halves)) };
}

function nameOf([flags]: OptionRow): string {
  return flags.split(' ')[0] ?? flags;
}

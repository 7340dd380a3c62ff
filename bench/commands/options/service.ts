/** The option that chooses a service, and the services' own options, for commands that work with each of them. */
import type { Command } from 'commander';
import { add, addAll, attributeOf, type OptionRow } from '../../cli/option.js';
import { oneOf } from '../../cli/values.js';
import { DEFAULT_SERVICE, SERVICES, serviceNamed } from '../../services/registry.js';
import type { Service } from '../../services/service.js';
import { refuse } from './given.js';

export interface ServiceFlags {
  readonly service?: string;
}

/** The halves of a service that a command runs. */
type Halves = readonly (keyof Service['options'])[];

/** Adds the options of the given halves of all services. */
export function addServiceOptions(command: Command, halves: Halves): void {
  const names = SERVICES.map(({ name }) => name);
  add(
    command,
    '--service <name>',
    `service: ${names.join(', ')} (default: ${DEFAULT_SERVICE})`,
    oneOf(names),
  );
  for (const { name, options } of SERVICES) {
    command.optionsGroup(`The service ${name}:`);
    addAll(command, optionsOf(options, halves));
  }
}

/** Throws UsageError for another service's option. */
export function chosenService(flags: ServiceFlags, halves: Halves): Service {
  const service = serviceNamed(flags.service ?? DEFAULT_SERVICE);
  const others = SERVICES.filter((each) => each !== service)
    .flatMap(({ options }) => optionsOf(options, halves))
    .map(attributeOf);
  const own = optionsOf(service.options, halves).map(nameOf).join(', ') || 'none';
  refuse(
    flags,
    (name) => others.includes(name),
    `not an option of the service ${service.name}; its own: ${own}`,
  );
  return service;
}

function optionsOf(options: Service['options'], halves: Halves): readonly OptionRow[] {
  return halves.flatMap((half) => options[half]);
}

function nameOf([flags]: OptionRow): string {
  return flags.split(' ')[0] ?? flags;
}

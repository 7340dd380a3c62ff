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

/** Adds the options of the given halves of all services, except those whose names the command uses itself. */
export function addServiceOptions(
  command: Command,
  halves: readonly (keyof Service['options'])[],
): void {
  const names = SERVICES.map(({ name }) => name);
  add(
    command,
    '--service <name>',
    `service: ${names.join(', ')} (default: ${DEFAULT_SERVICE})`,
    oneOf(names),
  );
  for (const { name, options } of SERVICES) {
    command.optionsGroup(`The service ${name}:`);
    const taken = command.options.map((option) => option.attributeName());
    const own = halves.flatMap((half) => options[half]);
    addAll(
      command,
      own.filter((row) => !taken.includes(attributeOf(row))),
    );
  }
}

/** Throws UsageError for another service's option. `taken`: names that the command uses itself. */
export function chosenService(flags: ServiceFlags, taken: readonly string[] = []): Service {
  const service = serviceNamed(flags.service ?? DEFAULT_SERVICE);
  const others = SERVICES.filter((each) => each !== service)
    .flatMap(optionsOf)
    .map(attributeOf);
  refuse(
    flags,
    (name) => others.includes(name) && !taken.includes(name),
    `not an option of the service ${service.name}; its own: ${optionsOf(service).map(nameOf).join(', ') || 'none'}`,
  );
  return service;
}

function optionsOf({ options }: Service): readonly OptionRow[] {
  return [...options.server, ...options.client];
}

function nameOf([flags]: OptionRow): string {
  return flags.split(' ')[0] ?? flags;
}

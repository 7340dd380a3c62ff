/** The registry of the services' TypeScript halves. */
import type { NamedOptions } from '../native-data.js';
import { bulk } from './bulk.js';
import { echo } from './echo.js';
import { files } from './files.js';
import type { Service } from './service.js';

const SERVICES: Readonly<Record<string, (options: NamedOptions['options']) => Service>> = {
  bulk,
  echo,
  files,
};

/** Throws if there is no such service; its options must be known to be valid. */
export function openService({ name, options }: NamedOptions): Service {
  const open = SERVICES[name];
  if (!open)
    throw new Error(`unknown service ${name}; allowed: ${Object.keys(SERVICES).join(', ')}`);
  return open(options);
}

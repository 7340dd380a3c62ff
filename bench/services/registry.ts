/** All services, and the factors of a load under each. */

import { count } from '../text/format.js';
import { bulk } from './bulk/bulk.js';
import { echo } from './echo/echo.js';
import type { Factor, FactorValue, Service } from './service.js';

export const SERVICES: readonly Service[] = [echo, bulk];

export const DEFAULT_SERVICE = echo.name;

export function serviceNamed(name: string): Service {
  const service = SERVICES.find((each) => each.name === name);
  if (!service) throw new Error(`service ${name}: unknown`);
  return service;
}

const counted = (noun: string) => (value: FactorValue) => count(Number(value), noun);

/** The factors of every service. */
const COMMON: readonly Factor[] = [
  { name: 'connections', column: 'conns', title: 'connections', inWords: counted('connection') },
  { name: 'idle', column: 'idle', title: 'idle connections', inWords: counted('idle connection') },
  {
    name: 'rate',
    column: 'rate',
    title: 'target rate, messages per second',
    inWords: (value) => `${value.toLocaleString('en')} messages/s`,
  },
];

/** The factors of a load, in the order of its name. */
export function factorsOf(service: string): readonly Factor[] {
  return [...COMMON, ...serviceNamed(service).factors];
}

/** All services, and what derives from each. To add a service: its folder, and a line here. */
import { count } from '../text/format.js';
import { bulk } from './bulk/bulk.js';
import { echo } from './echo/echo.js';
import type { Factor, FactorValue, Service } from './service.js';
import type { ServiceWording } from './wording.js';

export const SERVICES: readonly Service[] = [echo, bulk];

export const DEFAULT_SERVICE = echo.name;

/** Throws for an unknown name. */
export function serviceNamed(name: string): Service {
  const service = SERVICES.find((each) => each.name === name);
  if (!service) throw new Error(`service ${name}: unknown`);
  return service;
}

export function wordingOf(service: string): ServiceWording {
  return serviceNamed(service).wording;
}

const whole = (value: FactorValue) => value.toLocaleString('en');

/** A factor that counts things. */
function counting(name: string, column: string, noun: string): Factor {
  return {
    name,
    column,
    title: `${noun}s`,
    show: whole,
    inWords: (value) => count(Number(value), noun),
    inQuestion: (values) => `with ${values} ${noun}s`,
  };
}

/** The factors of a load, in the order of its name: those of every service, then its own. */
export function factorsOf(service: string): readonly Factor[] {
  const { wording, factors } = serviceNamed(service);
  const { many } = wording.message;
  return [
    counting('connections', 'conns', 'connection'),
    counting('idle', 'idle', 'idle connection'),
    {
      name: 'rate',
      column: 'rate',
      title: `target rate, ${many} per second`,
      show: whole,
      inWords: (value) => `${whole(value)} ${many}/s`,
      inQuestion: (values) => `at ${values} ${many} per second in total`,
    },
    ...factors,
  ];
}

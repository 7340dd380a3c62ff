/** All services, and what derives from each. To add a service: its folder, and a line here. */
import type { OptionRow } from '../cli/option.js';
import { wholeNumber } from '../cli/values.js';
import type { Cell } from '../schema/cell.js';
import { count } from '../text/format.js';
import { bulk } from './bulk/bulk.js';
import { echo } from './echo/echo.js';
import { files } from './files/files.js';
import type { Factor, FactorValue, Service } from './service.js';
import type { Noun, ServiceWording } from './wording.js';

export const SERVICES: readonly Service[] = [echo, bulk, files];

export const DEFAULT_SERVICE = echo.name;

/** Throws for an unknown name. */
export function serviceNamed(name: string): Service {
  const service = SERVICES.find((each) => each.name === name);
  if (!service) throw new Error(`service ${name}: unknown`);
  return service;
}

/** The service that moves the bytes of a cell: the experiment's, or the one in place of it. */
export function servedService(cell: Pick<Cell, 'service' | 'servedAs'>): Service {
  return serviceNamed(cell.servedAs ?? cell.service);
}

/** The halves of a service that a command runs. */
export type Halves = readonly ('server' | 'client')[];

/** The options that these halves need. */
export function optionsOf({ options }: Service, halves: Halves): readonly OptionRow[] {
  return [...options.both, ...halves.flatMap((half) => options[half])];
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
    inQuestion: (values) => `with ${values} ${values === '1' ? noun : `${noun}s`}`,
  };
}

const CONNECTIONS: Factor = {
  ...counting('connections', 'conns', 'connection'),
  ramp: {
    option: 'conns',
    unit: 'connections',
    single: 'connection',
    from: 125,
    to: 16_000,
    parse: wholeNumber(1, 1_000_000),
    at: (_, level) => ({ connections: [level] }),
  },
};

const IDLE = counting('idle', 'idle', 'idle connection');

function rateOf({ one, many }: Noun): Factor {
  return {
    name: 'rate',
    column: 'rate',
    title: `target rate, ${many} per second`,
    show: whole,
    inWords: (value) => `${whole(value)} ${many}/s`,
    inQuestion: (values) => `at ${values} ${many} per second in total`,
    ramp: {
      option: 'rate',
      unit: `${many}/s`,
      single: `${one}/s`,
      from: 1000,
      to: 1_000_000,
      parse: wholeNumber(1, 100_000_000),
      at: (_, level) => ({ rates: [level] }),
    },
  };
}

/** The factors of a load, in the order of its name: those of every service, then its own. */
export function factorsOf(service: string): readonly Factor[] {
  const { wording, factors } = serviceNamed(service);
  return [CONNECTIONS, IDLE, rateOf(wording.message), ...factors];
}

// What each parser of an option value accepts and refuses, and with which message.

import {
  address,
  byteSize,
  cpuList,
  duration,
  lifetime,
  list,
  oneOf,
  port,
  wholeNumber,
} from '../../../bench/cli/values.js';
import { type Case, each } from '../../support/parsers.js';

const NOT_WHOLE = 'not a whole number';
const BACKWARDS = 'lower bound above the upper bound';
const SERVERS = ['select', 'select-wide', 'poll', 'epoll', 'epoll-lt', 'io_uring'] as const;

function readCpus(text: string): readonly number[] {
  if (!/^\d(,\d)*$/.test(text)) throw new Error('not a CPU list,\nline two');
  return text.split(',').map(Number);
}

export const CASES: Readonly<Record<string, Case>> = {
  wholeNumber: {
    parse: wholeNumber(1, 1_000_000),
    accepted: [
      ['1', 1],
      ['1000000', 1_000_000],
      ['007', 7],
    ],
    refused: [
      ...each(['', '-1', '+1', '1.5', '1e9', 'abc', '0x10', ' 5', '5\n', '1_000', '٣'], NOT_WHOLE),
      ['0', 'too small'],
      ['1000001', 'too large'],
      ['9'.repeat(400), 'too large'],
    ],
    allowed: '1 to 1000000',
  },
  byteSize: {
    parse: byteSize,
    accepted: [
      ['1B', 1],
      ['1kB', 1000],
      ['64KiB', 65_536],
      ['100MB', 1e8],
      ['1GiB', 2 ** 30],
      ['1024GiB', 2 ** 40],
    ],
    refused: [
      ...each(['', '-1kB', '1.5MB', '1e9', 'MB', '1 MB'], 'not a size'),
      ...each(['1000', '0'], 'has no unit'),
      ...each(['1KB', '1mb', '1TB'], 'unknown unit'),
      ['0B', 'too small'],
      ['1025GiB', 'too large'],
    ],
    allowed: 'a whole number with B, kB, KiB, MB, MiB, GB, GiB, from 1B to 1024GiB',
  },
  port: {
    parse: port,
    accepted: [
      ['0', 0],
      ['65535', 65_535],
    ],
    refused: [
      ['65536', 'too large'],
      ['http', NOT_WHOLE],
    ],
    allowed: '0 to 65535',
  },
  duration: {
    parse: duration,
    accepted: [
      ['0', 0],
      ['0s', 0],
      ['100us', 1e5],
      ['250ms', 25e7],
      ['1.1ms', 1_100_000],
      ['5s', 5e9],
      ['1.5s', 15e8],
      ['2m', 120e9],
      ['60m', 3600e9],
    ],
    refused: [
      ['5', 'has no unit'],
      ['1.5', 'has no unit'],
      ['61m', 'too long'],
      ['1e400s', 'not a duration'],
      ...each(
        ['', '-5s', '.5s', '5.s', '5 s', '5S', '5h', '5sec', 's', '5s\n', '1m30s'],
        'not a duration',
      ),
    ],
    allowed: '0, or a number with us, ms, s or m, up to 60m',
  },
  lifetime: {
    parse: lifetime,
    accepted: [
      ['0', { kind: 'none' }],
      ['5s', { kind: 'fixed', ns: 5e9 }],
      ['uniform:1s-10s', { kind: 'uniform', lowNs: 1e9, highNs: 10e9 }],
      ['uniform:0-500ms', { kind: 'uniform', lowNs: 0, highNs: 5e8 }],
      ['exp:1.5s', { kind: 'exponential', meanNs: 15e8 }],
    ],
    refused: [
      ...each(
        ['', '5', '-5s', '1s-10s', 'uniform:', 'uniform:5s', 'uniform:1s-', 'uniform:1s-2s-3s'],
        'not a lifetime',
      ),
      ...each(['exp:', 'exp:1s-2s', 'normal:5s', 'Exp:5s', '5s\n'], 'not a lifetime'),
      ...each(['61m', 'exp:61m', 'uniform:1s-61m'], 'not a lifetime'),
      ['uniform:10s-1s', BACKWARDS],
      ['exp:0', 'the mean is 0'],
    ],
    allowed: '0, 5s, uniform:1s-10s or exp:5s, with times up to 60m',
  },
  address: {
    parse: address,
    accepted: [
      ['127.0.0.1:80', { host: '127.0.0.1', port: 80 }],
      ['server-2.lab_1.example.:65535', { host: 'server-2.lab_1.example.', port: 65_535 }],
      ['[::1]:8080', { host: '::1', port: 8080 }],
      ['[fe80::1%eth0]:1', { host: 'fe80::1%eth0', port: 1 }],
    ],
    refused: [
      ...['', 'localhost', 'localhost:', 'localhost:http', 'localhost:-1', '[::1]', 'a:1\n'].map(
        (text) => [text, 'not an address'] as const,
      ),
      ['localhost:0', '0 is not a port'],
      ['localhost:65536', '65536 is not a port'],
      ['::1', 'an IPv6 address needs brackets'],
      ['::1:80', 'an IPv6 address needs brackets'],
      ['2001:db8::1:80', 'an IPv6 address needs brackets'],
      ['[127.0.0.1]:80', '127.0.0.1 is not a host'],
      ['10.0.0.256:80', '10.0.0.256 is not a host'],
      ['http://host:80', 'http://host is not a host'],
      [':80', '"" is not a host'],
      ['-host:80', '-host is not a host'],
      ['a b:80', 'a b is not a host'],
    ],
    allowed: 'HOST:PORT or [IPv6]:PORT, with a port of 1 to 65535',
  },
  cpuList: {
    parse: cpuList(readCpus),
    accepted: [['1,3', [1, 3]]],
    refused: [['a', 'not a CPU list,\\nline two']],
    allowed: 'CPU numbers and ranges, e.g. 0-3,5',
  },
  list: {
    parse: list(oneOf(['a', 'b', 'c'])),
    accepted: [
      ['b', ['b']],
      ['c,a', ['c', 'a']],
    ],
    refused: each(['', 'a,', ',a', 'a,,b'], 'empty item'),
    allowed: 'one value, or several separated by commas',
  },
  oneOf: {
    parse: oneOf(SERVERS),
    accepted: SERVERS.map((name) => [name, name] as const),
    refused: each(['', 'kqueue', 'e', 'ab'], 'unknown'),
    allowed: SERVERS.join(', '),
  },
};

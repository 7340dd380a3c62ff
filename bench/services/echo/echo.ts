/** The service `echo`: every line comes back (RFC 862). */
import { UsageError } from '../../cli/usage-error.js';
import { list, wholeNumber } from '../../cli/values.js';
import { count } from '../../text/format.js';
import type { Service, ServiceLoad } from '../service.js';
import { type Message, messageSize, messageText } from './message.js';
import { PUBLISHED } from './published.js';
import { echoWording } from './wording.js';

const DEFAULT_TEXT = 'This is the payload';

interface Flags {
  readonly message?: Message;
  readonly messageSize?: readonly Message[];
}

export const echo: Service = {
  name: 'echo',
  about: 'Measures server models under the echo workload (the default command).',
  unit: 'requests',
  wording: echoWording,
  factors: [
    {
      name: 'bytes',
      column: 'bytes',
      title: 'bytes in a message',
      show: (value) => value.toLocaleString('en'),
      inWords: (value) => count(Number(value), 'byte'),
      inQuestion: (values) => `in messages of ${values} bytes`,
      ramp: {
        option: 'message-size',
        replaces: ['message'],
        unit: 'bytes per message',
        single: 'byte per message',
        from: 16,
        to: 1_048_576,
        parse: wholeNumber(1, 1_048_576),
        at: (_, size) => ({ loads: [loadOf({ kind: 'size', low: size, high: size })] }),
      },
    },
  ],
  published: PUBLISHED,
  options: {
    both: [],
    server: [],
    client: [
      ['--message <text>', `text of each message (default: ${DEFAULT_TEXT})`, messageText],
      [
        '--message-size <bytes,…>',
        'size of generated messages in bytes, instead of --message: 19, uniform:1-4096',
        list(messageSize),
      ],
    ],
  },
  examples: `
  npm run bench -- --server epoll --conns 5000 --repeat 20
  npm run bench -- --server all --conns 500 --trials 1
  npm run bench -- --server epoll,poll,select-wide --conns 64 --idle 0,10000 --duration 2s
  npm run bench -- --server select --conns 2000 --workers 2
  npm run bench -- --preset comp8005
  npm run bench -- --server 'epoll,cmd:python3 examples/asyncio_echo.py {port}' --conns 100
  npm run bench -- --server epoll,threads --message-size uniform:1-4096 --lifetime exp:500ms`,
  defaults: {
    connections: 1000,
    repeat: 20,
    durationNs: 0,
    timeoutNs: 10e9,
    stallNs: 0,
    retries: 0,
  },
  recordsTransfers: () => false,
  loads: (flags) => loadsOf(flags as Flags),
};

function loadsOf({ message, messageSize: sizes }: Flags): readonly ServiceLoad[] {
  if (message !== undefined && sizes !== undefined)
    throw new UsageError("--message-size: can't be combined with --message");
  const loads = (sizes ?? [message ?? { kind: 'text', text: DEFAULT_TEXT }]).map(loadOf);
  const means = loads.map(({ exchangeBytes }) => exchangeBytes);
  const twice = means.find((mean, i) => means.indexOf(mean) !== i);
  if (twice !== undefined)
    throw new UsageError(
      `--message-size: two sizes with a mean of ${twice} bytes; allowed: sizes with different means`,
    );
  return loads;
}

export function loadOf(message: Message): ServiceLoad {
  const bytes = meanBytes(message);
  return {
    factors: { bytes },
    servedAs: null,
    serviceOptions: {},
    protocolOptions:
      message.kind === 'text'
        ? { text: message.text }
        : { low: String(message.low), high: String(message.high) },
    besideOptions: null,
    exchangeBytes: bytes,
  };
}

/** Mean size of a message's text. */
function meanBytes(message: Message): number {
  return message.kind === 'text'
    ? Buffer.byteLength(message.text)
    : Math.round((message.low + message.high) / 2);
}

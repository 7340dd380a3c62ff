/** `load`: only the client, against a server that is already running, with each option that ends the traffic. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { TrialRecord } from '../../../bench/record.js';
import { c10k } from '../../support/command.js';
import { serve } from '../../support/server.js';

const ENDS = {
  'a number of messages': ['--repeat', '5'],
  'a duration': ['--duration', '200ms', '--warmup', '50ms'],
  'a duration, at a rate': ['--duration', '200ms', '--warmup', '50ms', '--rate', '100'],
};

for (const [name, end] of Object.entries(ENDS))
  t.test(`a load with ${name} is measured and recorded`, async (t) => {
    const directory = t.testdir();
    const server = await serve(t, 'epoll');
    const target = `${server.address}:${server.port}`;
    const sizes = ['--target', target, '--conns', '5', '--idle', '2', ...end];
    const { code, stderr } = await c10k(directory, 'load', ...sizes, '--output', 'out', '--quiet');
    t.equal(code, 0, stderr);
    const record = JSON.parse(
      readFileSync(join(directory, 'out', 'trials.jsonl'), 'utf8'),
    ) as TrialRecord;
    t.match(record, { connections: 5, idle: 2, verdict: { valid: true }, error: null });
    t.match(record.measurement, { failures: 0, starved: 0, slices: null, efficiency: null });
    t.ok((record.measurement?.requests.window ?? 0) > 0);
  });

/** Every model of the catalog is served to a client that shares no code with c10k: examples/files_client.py. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { CATALOG } from '../../lib/catalog/models.js';
import { binary, entriesOf, filesService } from '../support/files.js';
import { HOST } from '../support/host.js';
import { skipOf } from '../support/models.js';
import { missing } from '../support/programs.js';
import { serve } from '../support/server.js';

const CLIENT = fileURLToPath(new URL('../../../examples/files_client.py', import.meta.url));
const withoutPython = missing('python3');

interface Outcome {
  readonly status: number | null;
  readonly output: Buffer;
  readonly error: string;
}

function ask(port: number, args: readonly string[], input: Uint8Array = Buffer.alloc(0)) {
  const client = spawn('python3', [CLIENT, HOST, String(port), ...args]);
  const [output, error]: [Buffer[], Buffer[]] = [[], []];
  client.stdout.on('data', (chunk) => output.push(chunk));
  client.stderr.on('data', (chunk) => error.push(chunk));
  client.stdin.on('error', () => {}); // its status tells
  client.stdin.end(input);
  return new Promise<Outcome>((resolve, reject) => {
    client.once('error', reject);
    client.once('close', (status) =>
      resolve({ status, output: Buffer.concat(output), error: String(Buffer.concat(error)) }),
    );
  });
}

for (const model of CATALOG)
  t.test(
    `${model.name} serves a client in Python`,
    { skip: withoutPython || skipOf(model) },
    async (t) => {
      const folder = t.testdir({ storage: {} });
      const storage = join(folder, 'storage');
      const { port } = await serve(t, model.name, {
        service: filesService({ name: 'base64' }, storage),
      });
      const bytes = binary(200_001);
      t.match(await ask(port, ['upload', 'a'], bytes), { status: 0, error: '' });
      const { status, output } = await ask(port, ['get', 'a']);
      t.equal(status, 0);
      t.ok(output.equals(bytes), 'the content is the same');
      t.equal(String((await ask(port, ['list'])).output), 'a\n');
      t.match(await ask(port, ['delete', 'a']), { status: 0, error: '' });
      t.match(await ask(port, ['get', 'a']), { status: 1, error: 'no such file\n' });
      t.strictSame(entriesOf(storage), []);
    },
  );

/** A file server in the format `base64` that confirms every upload and stores something else: PORT DIRECTORY MODE. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';

const END = '\r\n\r\n';

/** What is stored of a content. */
const STORED: Readonly<Record<string, (content: string) => Buffer | null>> = {
  right: (content) => Buffer.from(content, 'base64'),
  'in lower case': (content) => Buffer.from(content.toLowerCase(), 'base64'),
  'without the last byte': (content) => Buffer.from(content, 'base64').subarray(0, -1),
  'not at all': () => null,
  /** Deletions are confirmed too, and nothing is deleted. */
  'for good': (content) => Buffer.from(content, 'base64'),
};

const [port, directory = '', mode = ''] = process.argv.slice(2);

function dataFor(command: string): unknown {
  const [verb, name = '', content = ''] = command.split(' ');
  if (verb === 'LIST') return readdirSync(directory);
  if (verb === 'GET') return readFileSync(join(directory, name), 'base64');
  if (verb === 'DELETE' && mode !== 'for good') rmSync(join(directory, name));
  const bytes = verb === 'UPLOAD' && STORED[mode]?.(content);
  if (bytes) writeFileSync(join(directory, name), bytes);
  return null;
}

const server = createServer((socket) => {
  let unread = '';
  socket.setEncoding('latin1').on('data', (text: string) => {
    const commands = (unread + text).split(END);
    unread = commands.pop() ?? '';
    for (const command of commands)
      socket.write(`${JSON.stringify({ status: 'OK', data: dataFor(command) })}${END}`);
  });
  socket.on('error', () => {});
}).listen(Number(port), '127.0.0.1', () => {
  process.stdout.write(`listening on ${(server.address() as AddressInfo).port}\n`);
});

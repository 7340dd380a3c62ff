/** An echo server whose second and later starts answer only once a file `go` exists: `node held-program.js HOST PORT DIRECTORY`. */
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const [host, port, directory = '.'] = process.argv.slice(2);
const has = (name: string) => existsSync(join(directory, name));

const isHeld = has('started') && !has('go');
writeFileSync(join(directory, isHeld ? 'held' : 'started'), '');

createServer((socket) => {
  socket.on('error', () => {});
  if (isHeld) socket.resume();
  else socket.pipe(socket);
}).listen(Number(port), host);

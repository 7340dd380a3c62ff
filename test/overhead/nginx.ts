/** nginx as a server of one directory: one process, sendfile on, no log. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/** PORT is replaced when it starts. */
const configuration = (folder: string, root: string) => `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log stderr crit;
events { worker_connections 64; }
http {
  access_log off;
  sendfile on;
  # By default a connection is closed after 1000 requests.
  keepalive_requests 1000000000;
  ${TEMPORARY.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
  server { listen 127.0.0.1:PORT; root ${root}; }
}
`;

/** Null if it runs here, otherwise the reason. */
export function whyNoNginx(): string | null {
  const { error, status } = spawnSync('nginx', ['-v'], { stdio: 'ignore' });
  if (error) return `nginx can't be started: ${error.message}`;
  return status === 0 ? null : `nginx -v: exit code ${status}`;
}

/** A server model that sends the files below `root`; `folder` is for its configuration. */
export function nginxModel(folder: string, root: string): string {
  const [template, conf] = ['template', 'nginx.conf'].map((name) => join(folder, name));
  writeFileSync(template as string, configuration(folder, root));
  return `cmd:sed s/PORT/{port}/ ${template} > ${conf} && exec nginx -p ${folder} -c ${conf} -e stderr`;
}

export function httpRequest(name: string): string {
  return `GET /${name} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
}

const END = '\r\n\r\n';

/** The length of a reply's head; its fields have the same length every time. */
export function headBytes(port: number, request: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('nginx: the reply has no complete head')));
    socket.setEncoding('latin1').on('data', (part: string) => {
      text += part;
      const end = text.indexOf(END);
      if (end < 0) return;
      socket.destroy();
      if (text.startsWith('HTTP/1.1 200')) resolve(end + END.length);
      else reject(new Error(`nginx: ${text.slice(0, text.indexOf('\r\n'))}`));
    });
  });
}

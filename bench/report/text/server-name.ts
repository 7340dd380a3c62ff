/** What a server is called in tables and graphs. */

const LONGEST = 28;

/** A model by its name; a program by its command, shortened, without what every one has. */
export function serverName(server: string): string {
  if (!server.startsWith('cmd:')) return server;
  const words = server
    .replace(/ *\{port\} */, ' ')
    .trim()
    .split(' ');
  const command = words.map((word) => word.replace(/^(cmd:)?.*\//, '$1')).join(' ');
  return command.length > LONGEST ? `${command.slice(0, LONGEST - 1)}…` : command;
}

/** With the number of its workers, if it has several. `space`: what stands between. */
export function nameWithWorkers(
  { server, workers }: { readonly server: string; readonly workers: number },
  space = ' ',
): string {
  const name = serverName(server);
  return workers > 1 ? `${name}${space}×${workers}` : name;
}

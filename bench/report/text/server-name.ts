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

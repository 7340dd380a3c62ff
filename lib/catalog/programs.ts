/** External programs as servers: `cmd:PROGRAM … {port}` is used like a model name. */

const PREFIX = 'cmd:';

export function isCommand(model: string): boolean {
  return model.startsWith(PREFIX);
}

/** The command line, with its placeholders. */
export function commandOf(model: string): string {
  return model.slice(PREFIX.length);
}

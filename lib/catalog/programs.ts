/** Any program may be a server: `cmd:PROGRAM … {port}` names it as a model is named. */

const PREFIX = 'cmd:';

export function isCommand(model: string): boolean {
  return model.startsWith(PREFIX);
}

/** The command line, with its placeholders. */
export function commandOf(model: string): string {
  return model.slice(PREFIX.length);
}

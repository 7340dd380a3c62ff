/** Adds options to a command, so that the errors of their parsers begin with the option's name. */
import { type Command, Option } from 'commander';
import { option } from './values.js';

/** Flags, help, and the parser of the value. */
export type OptionRow = readonly [flags: string, help: string, parse: (text: string) => unknown];

function nameIn(flags: string): string {
  return flags.match(/--[\w-]+/)?.[0] ?? flags;
}

/** The name of the option's value in the flags that commander returns. */
export function attributeOf([flags]: readonly [flags: string, ...unknown[]]): string {
  return new Option(flags).attributeName();
}

/** The parser, whose errors begin with the option's name. */
export function parserOf([flags, , parse]: OptionRow): OptionRow[2] {
  return option(nameIn(flags), parse);
}

export function add(command: Command, ...row: OptionRow): Command {
  const [flags, help] = row;
  return command.option(flags, help, parserOf(row));
}

export function addAll(command: Command, rows: readonly OptionRow[]): Command {
  for (const row of rows) add(command, ...row);
  return command;
}

/** Adds another name of an option that the command has. */
export function addAlias(command: Command, alias: string, [flags, , parse]: OptionRow): Command {
  const value = flags.match(/<.*>/)?.[0] ?? '';
  const parseNamed = option(alias, parse);
  return command.option(`${alias} ${value}`, `the same as ${nameIn(flags)}`, (text: string) => {
    command.setOptionValue(new Option(flags).attributeName(), parseNamed(text));
  });
}

/** Adds an option that may be repeated; its lists are concatenated. */
export function addList<T>(
  command: Command,
  flags: string,
  help: string,
  parse: (text: string) => readonly T[],
): Command {
  const one = option(nameIn(flags), parse);
  return command.option(flags, help, (text: string, before?: readonly T[]) => [
    ...(before ?? []),
    ...one(text),
  ]);
}

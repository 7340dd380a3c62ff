/** The JSON Schemas of a run's files, as in the folder `schema`. */
import { z } from 'zod';
import { storedRecord } from '../../schema/record.js';
import { runHeader } from '../../schema/run.js';
import { summary } from '../../schema/summary.js';
import { verdicts } from '../../schema/verdicts.js';

/** By the file name of the schema. */
export const FILE_SCHEMAS = {
  'run.schema.json': runHeader,
  'trial.schema.json': storedRecord,
  'summary.schema.json': summary,
  'verdicts.schema.json': verdicts,
} as const satisfies Record<string, z.ZodType>;

export function jsonSchema(name: keyof typeof FILE_SCHEMAS): string {
  return `${JSON.stringify(z.toJSONSchema(FILE_SCHEMAS[name]), null, 2)}\n`;
}

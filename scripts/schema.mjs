// Writes the JSON Schemas of a run's files into folder schema, from the compiled definitions: node scripts/schema.mjs
import { writeFileSync } from 'node:fs';
import { FILE_SCHEMAS, jsonSchema } from '../dist/bench/store/schema/files.js';

for (const name of Object.keys(FILE_SCHEMAS))
  writeFileSync(new URL(`../schema/${name}`, import.meta.url), jsonSchema(name));

/** Records read back line by line, and files that end in a partial record. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { cutIncompleteLine, lastRecords, readRecords } from '../../../bench/store/records.js';
import { cellOf, recordOf } from '../../support/cells.js';

const line = (trial: number, change: object = {}) =>
  `${JSON.stringify({ run: 'one', ...recordOf(cellOf(), { trial }), ...change })}\n`;

function file(t: Test, text: string): string {
  const path = join(t.testdir(), 'trials.jsonl');
  writeFileSync(path, text);
  return path;
}

async function trialsIn(path: string): Promise<number[]> {
  const trials: number[] = [];
  for await (const { trial } of readRecords(path, 'one')) trials.push(trial);
  return trials;
}

t.test('records are in the order of writing, with or without blank lines', async (t) => {
  t.same(await trialsIn(file(t, `${line(2)}\n${line(1)}   \n${line(2)}`)), [2, 1, 2]);
  t.same(await trialsIn(file(t, '')), []);
});

t.test('the last record of a repeated trial counts, in the order of trials', async (t) => {
  const path = file(t, line(3, { seed: 1 }) + line(1) + line(3, { seed: 2 }));
  t.match(await lastRecords(path, 'one'), [{ trial: 1 }, { trial: 3, seed: 2 }]);
});

t.test('a last line that is truncated at any position is ignored', async (t) => {
  const whole = line(2).trimEnd();
  for (const length of [1, 2, 100, whole.length - 1])
    t.same(await trialsIn(file(t, line(1) + whole.slice(0, length))), [1], `${length}`);
  t.same(await trialsIn(file(t, line(1) + whole)), [1, 2], 'only the newline is missing');
});

t.test('a malformed line before the last is refused with its number', async (t) => {
  const refused = (text: string, number: number, fault: string) => {
    const path = file(t, text);
    return t.rejects(lastRecords(path, 'one'), {
      name: 'UsageError',
      message: `${path}, line ${number}: not a record of this run (${fault}); allowed: the file as written by the run`,
    });
  };
  await refused(`${line(1)}{"tri\n${line(2)}`, 2, 'not JSON');
  await refused(`${line(1)}null\n${line(2)}`, 2, 'not JSON');
  await refused(`${line(1)}\n${line(2, { run: 'two' })}${line(3)}`, 3, 'run: two instead of one');
  const path = join(t.testdir(), 'none');
  const message = `${path}: missing; allowed: a run with all its files`;
  await t.rejects(lastRecords(path, 'one'), { name: 'UsageError', message });
});

t.test('a complete but malformed last line is refused as well', async (t) => {
  await t.rejects(trialsIn(file(t, line(1) + line(2, { run: 'two' }))), { message: /line 2/ });
});

t.test('a file is truncated after its last newline, at any distance from the end', async (t) => {
  const tail = 64 * 1024;
  const texts = ['', '\n', 'x', 'x\n', 'a\nb', 'a\n\n', `a\n${'x'.repeat(3 * tail)}`];
  for (const rest of [tail - 1, tail, tail + 1, 2 * tail]) texts.push(`first\n${'y'.repeat(rest)}`);
  texts.push('z'.repeat(2 * tail + 5), `${'z'.repeat(2 * tail)}\n`);
  for (const text of texts) {
    const path = file(t, text);
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const name = `${text.length} bytes`;
    t.equal(await cutIncompleteLine(path), whole !== text, name);
    t.ok(readFileSync(path, 'utf8') === whole, name);
    t.equal(await cutIncompleteLine(path), false, 'there is nothing to truncate');
  }
});

t.test('a missing file is not truncated', async (t) => {
  t.equal(await cutIncompleteLine(join(t.testdir(), 'none')), false);
});

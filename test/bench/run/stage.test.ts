import t from 'tap';
import { onStage, stageOf } from '../../../bench/run/stage.js';
import { cellOf } from '../../support/cells.js';

const NEVER = new AbortController().signal;

t.test('a service without a stage adds nothing, and leaves nothing wrong', async (t) => {
  const none = await stageOf(cellOf(), null, NEVER);
  const trial = { number: 1, block: 1, cell: cellOf(), seed: 1 };
  t.same(onStage(trial, none), trial);
  t.equal(await none.countWrong(5), 0);
  await none.clear();
});

t.test("a stage's options are added to those of the cell", async (t) => {
  const none = await stageOf(cellOf(), null, NEVER);
  const cell = { ...cellOf(), serviceOptions: { a: '1' }, protocolOptions: { b: '2', c: '3' } };
  const stage = { ...none, serviceOptions: { d: '4' }, protocolOptions: { c: '5' } };
  t.match(onStage({ number: 1, block: 1, cell, seed: 1 }, stage).cell, {
    serviceOptions: { a: '1', d: '4' },
    protocolOptions: { b: '2', c: '5' },
  });
});

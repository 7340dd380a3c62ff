/** Rules that every service follows. */
import t from 'tap';
import { attributeOf } from '../../../bench/cli/option.js';
import {
  factorsOf,
  optionsOf,
  SERVICES,
  serviceNamed,
  wordingOf,
} from '../../../bench/services/registry.js';
import { CATALOG } from '../../../lib/catalog/models.js';

t.test('the default load of a service has a value for each of its factors', async (t) => {
  for (const { name, factors, loads } of SERVICES) {
    const [load] = loads({});
    t.same(
      Object.keys(load?.factors ?? {}),
      factors.map((factor) => factor.name),
      name,
    );
  }
});

t.test('a single connection is singular in a question', async (t) => {
  const inQuestion = factorsOf('echo').find(({ name }) => name === 'connections')?.inQuestion;
  t.equal(inQuestion?.('1'), 'with 1 connection');
  t.equal(inQuestion?.('1 to 8'), 'with 1 to 8 connections');
});

t.test("names of a service's factors and options are unique", async (t) => {
  for (const service of SERVICES) {
    const { name } = service;
    const names = factorsOf(name).map((factor) => factor.name);
    t.equal(new Set(names).size, names.length, name);
    const all = optionsOf(service, ['server', 'client']).map(attributeOf);
    t.equal(new Set(all).size, all.length, name);
  }
});

t.test('every service has a model, and models provide only known services', async (t) => {
  const served = new Set(CATALOG.flatMap(({ services }) => services));
  t.same([...served].toSorted(), SERVICES.map(({ name }) => name).toSorted());
  t.throws(() => serviceNamed('gopher'), /service gopher: unknown/);
});

t.test('an unknown figure is a dash, and singular and plural words differ', async (t) => {
  for (const { name } of SERVICES) {
    const { showRate, work, exchange, message } = wordingOf(name);
    t.equal(showRate(null), '–', name);
    for (const { one, many } of [work, exchange, message]) t.not(one, many, name);
  }
});

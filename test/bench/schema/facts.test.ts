import t from 'tap';
import { notes, problems } from '../../../bench/schema/facts.js';

t.test('a fact has the figures of its kind', async (t) => {
  const late = { kind: 'CPU time read late', figures: { ms: 3 } };
  t.same(problems.parse([late]), [late]);
  t.notOk(problems.safeParse([{ ...late, figures: {} }]).success, 'without its figure');
  t.notOk(problems.safeParse([{ ...late, kind: 'unheard of' }]).success, 'of an unknown kind');
  t.notOk(notes.safeParse([late]).success, 'a problem is not a note');
});

t.test('both lists accept the sentences of earlier versions', async (t) => {
  const earlier = [{ kind: 'earlier', figures: { text: 'a sentence' } }];
  for (const list of [problems, notes]) t.same(list.parse(earlier), earlier);
});

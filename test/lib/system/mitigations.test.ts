/** CPU vulnerabilities as the kernel reports them, one file for each. */
import t from 'tap';
import { condensed, readMitigations } from '../../../lib/system/mitigations.js';

t.test('only vulnerabilities that the CPU has are listed, mitigated or not', async (t) => {
  const directory = t.testdir({
    meltdown: 'Not affected\n',
    spectre_v1: 'Mitigation: __user pointer sanitization\n',
    mds: 'Vulnerable: no microcode\n',
  });
  const found = readMitigations(directory);
  t.strictSame(found, {
    mds: 'Vulnerable: no microcode',
    spectre_v1: 'Mitigation: __user pointer sanitization',
  });
  t.strictSame(condensed(found ?? {}), { mitigated: ['spectre_v1'], vulnerable: ['mds'] });
  t.equal(readMitigations('/no/such/directory'), null);
});

t.test('an empty or unreadable file lists no vulnerability', async (t) => {
  t.same(readMitigations(t.testdir({ empty: '\n', folder: {} })), {});
});

t.test('any state other than mitigated or not affected counts as vulnerable', async (t) => {
  const texts = {
    a: 'Unknown: Dependent on hypervisor status',
    b: 'KVM: Mitigation: VMX disabled',
  };
  t.same(condensed(texts), { mitigated: [], vulnerable: ['a', 'b'] });
  t.same(condensed({}), { mitigated: [], vulnerable: [] });
});

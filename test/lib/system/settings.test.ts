/** Settings of the machine that change figures: tcp(7), SMT, mitigations; and what makes two programs the same. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import t from 'tap';
import { addonPath } from '../../../lib/native.js';
import { type Environment, parseSmt, readEnvironment } from '../../../lib/system/environment.js';
import { differences, programDifferences } from '../../../lib/system/fingerprint.js';
import { condensed, readMitigations } from '../../../lib/system/mitigations.js';
import { parseTriple } from '../../../lib/system/tcp-settings.js';

const here = readEnvironment();

t.test('a setting of three numbers has three numbers', async (t) => {
  t.strictSame(parseTriple('4096\t131072\t33554432\n'), [4096, 131072, 33554432]);
  for (const text of ['4096 131072', '1 2 3 4', 'a b c', '', null])
    t.equal(parseTriple(text), null);
});

t.test('SMT is active, not active or unknown', async (t) => {
  t.equal(parseSmt('1\n'), true);
  t.equal(parseSmt('0\n'), false);
  t.equal(parseSmt(null), null);
});

t.test('only faults that the CPU has are listed, each mitigated or not', async (t) => {
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

t.test('the addon is known by its hash and its compiler', async (t) => {
  const sha256 = createHash('sha256').update(readFileSync(addonPath)).digest('hex');
  t.equal(here.c10k.addon.sha256, sha256);
  t.match(here.c10k.addon.build, /^(gcc|clang) \d/);
});

t.test('settings of TCP, mitigations and NODE_OPTIONS make runs incomparable', async (t) => {
  const others: readonly Environment[] = [
    { ...here, tcp: { ...here.tcp, congestionControl: 'other' } },
    { ...here, tcp: { ...here.tcp, sendBuffer: { min: 1, initial: 2, max: 3 } } },
    { ...here, tcp: { ...here.tcp, receiveBufferMax: 1 } },
    { ...here, cpu: { ...here.cpu, mitigations: { fault: 'Vulnerable' } } },
    { ...here, cpu: { ...here.cpu, smt: !here.cpu.smt } },
    { ...here, nodeOptions: '--other' },
  ];
  for (const other of others) {
    t.equal(differences(here, other).length, 1);
    t.strictSame(programDifferences(here, other), []);
  }
});

t.test('another build or version is another program, and can be compared', async (t) => {
  const addon = { ...here.c10k.addon, sha256: 'f'.repeat(64) };
  for (const c10k of [
    { ...here.c10k, addon },
    { ...here.c10k, version: '0.0.0' },
  ]) {
    const other = { ...here, c10k };
    t.strictSame(differences(here, other), []);
    t.equal(programDifferences(here, other).length, 1);
  }
});

// Prints the sources of one target from native/sources.txt, for binding.gyp and CMakeLists.txt: core, addon or fork.
import { readFileSync } from 'node:fs';

const FORK = 'native/forking/main.cc';
const PARTS = {
  addon: (file) => file.startsWith('native/addon/'),
  fork: (file) => file === FORK,
  core: (file) => !PARTS.addon(file) && !PARTS.fork(file),
};

const all = readFileSync(new URL('../native/sources.txt', import.meta.url), 'utf8').trim();
console.log(all.split(/\s+/).filter(PARTS[process.argv[2]]).join(' '));

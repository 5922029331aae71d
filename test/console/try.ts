// Opens the console on an engine in memory, to look at it: `node test/console/try.ts [embedded] [ja]`.
import { join } from 'node:path';
import { fakeEngine } from './fake-engine.ts';
import { loadTsx } from './load-tsx.ts';

type Open = typeof import('../../source/console/open.tsx');

const { openConsole } = await loadTsx<Open>(join(import.meta.dirname, '../../source/console/open.tsx'));
const engine = fakeEngine();
const words = process.argv.slice(2);
// HANG_UP=seconds: the engine goes away then, and comes back when it is asked for.
const hangUpAfter = Number(process.env['HANG_UP'] ?? 0);
if (hangUpAfter > 0) setTimeout(() => engine.hangUp(), hangUpAfter * 1000);
const how = await openConsole({
  engine: engine.client,
  connect: engine.connect,
  embedded: words.includes('embedded'),
  language: words.includes('ja') ? 'ja' : 'en',
});
console.log(`left: ${how}`);
process.exit(0);

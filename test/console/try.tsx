// Opens the console on an engine in memory, to look at it: `node test/console/try-console.mjs [embedded] [ja]`.
import { openConsole } from '../../source/console/open.tsx';
import { fakeEngine } from './fake-engine.ts';

const engine = fakeEngine();
const words = process.argv.slice(2);
// HANG_UP=seconds: the engine goes away for a while.
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

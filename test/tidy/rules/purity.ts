// What the pure rooms must not touch: a clock, chance, a timer, a process, the disk.
import { importsOf, lineAt, withoutText } from '../code.ts';
import { isCode, type Rule, roomOf } from '../sources.ts';

const pureRooms = ['engine', 'notices', 'format', 'profile', 'ports'];

/** Where the console meets the terminal, the clock and the engine's connection; all its other files are functions. */
const consoleShell = /^source\/console\/(shell\/|(open|app)\.tsx?$)/;

/** Packages that only compute. The console's files may import any; of Node's own modules, those that are functions of text. */
const packages: Record<string, string[]> = {
  profile: ['yaml', 'leven', 'string-argv'],
  format: ['string-width'],
};
const pureModules = ['node:util', 'node:path'];

/** `new Date(value)` is arithmetic and allowed; what reads the clock is not. A property named `process` is a word of ours. */
const banned: { pattern: RegExp; instead: string }[] = [
  {
    pattern: /(?<![.\w$])Date\.now\b|(?<![.\w$])new Date\(\s*\)|(?<!new )(?<![.\w$])Date\(/,
    instead: "take the event's time",
  },
  { pattern: /(?<![.\w$])performance\.\w/, instead: "take the event's time" },
  { pattern: /(?<![.\w$])Temporal\.Now\b/, instead: "take the event's time" },
  { pattern: /(?<![.\w$])Math\.random\b/, instead: 'take chance from the state or a port' },
  { pattern: /(?<![.\w$])crypto\.\w/, instead: 'take chance from the state or a port' },
  {
    pattern: /(?<![.\w$])(?:setTimeout|setInterval|setImmediate|queueMicrotask)\b/,
    instead: 'return a value that asks for the timer',
  },
  {
    pattern:
      /(?<![.\w$])process\.(?:env|argv|pid|ppid|exit|kill|cwd|stdin|stdout|stderr|platform|hrtime|uptime|on|once)\b/,
    instead: 'take it as a parameter',
  },
  { pattern: /(?<![.\w$])globalThis\b/, instead: 'take it as a parameter' },
  { pattern: /(?<![.\w$])console\.\w/, instead: 'return a notice or a problem' },
];

function isPure(path: string): boolean {
  const room = roomOf(path) ?? '';
  return pureRooms.includes(room) || (room === 'console' && !consoleShell.test(path));
}

export const pureRoomsTouchNothing: Rule = (sources) => {
  const breaches: string[] = [];
  for (const [path, text] of sources) {
    if (!isCode(path) || !isPure(path)) continue;
    const room = roomOf(path) ?? '';
    const code = withoutText(text);
    for (const { pattern, instead } of banned) {
      for (const { index, 0: found } of code.matchAll(new RegExp(pattern, 'g'))) {
        breaches.push(`${path}:${lineAt(code, index)} uses ${found}, but this file is pure: ${instead}`);
      }
    }
    for (const { line, specifier, target, isPackage } of importsOf(path, text)) {
      const isAllowed =
        room === 'console'
          ? !specifier.startsWith('node:') || pureModules.includes(specifier)
          : packages[room]?.includes(target);
      if (isPackage && !isAllowed) breaches.push(`${path}:${line} imports ${specifier}, but this file is pure`);
    }
  }
  return breaches;
};

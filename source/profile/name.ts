import type { Trouble } from './problem.ts';

/** What is wrong with the name of a group or process, or null. Names stand in targets (`group/process#2`), file names and options. */
export function nameTrouble(name: string, whose: 'group' | 'process'): Trouble | null {
  const expected = 'letters, digits, `_`, `.` and `-`, at most 64, not beginning with `-`';
  if (!/^[A-Za-z0-9_.][A-Za-z0-9_.-]{0,63}$/.test(name)) {
    return { what: `${JSON.stringify(name.slice(0, 80))} cannot be the name of a ${whose}`, expected, hint: '' };
  }
  if (whose === 'group' && /^\d+$/.test(name)) {
    return {
      what: `${name} cannot be the name of a group`,
      expected: 'a name that is not a number',
      hint: 'a number as a target means a pid',
    };
  }
  return null;
}

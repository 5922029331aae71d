import { field } from '../field.ts';
import { listOf } from '../type/collection.ts';
import { dumpKinds } from '../type/dump-kinds.ts';
import { resourceRules } from '../type/resource-rules.ts';
import { number, text } from '../type/scalar.ts';

/** Bounds of what it uses, and what is kept when something went wrong. */
export const evidence = {
  rules: field(resourceRules(), {
    default: [],
    help: 'Bounds that may be broken for a while, each `{ metric, above or below, for, then }`: `metric` is cpu (`90%` of one core), memory (`512M`), threads or descriptors (their number); `for` is at least 1s; `then` is alert (the default), dump or restart, which with `restart.when: never` is as dump.',
    live: true,
  }),
  dump: field(dumpKinds(), {
    default: ['stack'],
    help: 'What an incident holds of the process itself: `stack`, what each thread does; `core`, a core file. `mini` and `full` are minidumps of Windows, on Linux they mean `core`. The rest of an incident is always taken.',
    live: true,
  }),
  keep: field(number({ min: 0, max: 1000, whole: true }), {
    default: 10,
    help: 'How many incidents of the process are kept, the oldest go first. With 0 none is taken.',
    live: true,
  }),
  secrets: field(
    listOf(
      text({ words: 'name', expected: 'the name of a variable or an option, such as DB_LOGIN', check: nameTrouble }),
      'list of names',
    ),
    {
      default: [],
      help: 'Variables and options whose values are masked in evidence, beside those whose names look like secrets.',
      live: true,
    },
  ),
};

function nameTrouble(written: string): { readonly what: string; readonly hint: string } | null {
  if (!/[=\s]/.test(written)) return null;
  // What stands there may be a secret already, so it is not repeated.
  return { what: 'is not a name', hint: 'write the name alone, without the value' };
}

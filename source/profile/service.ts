import type { ProcessValues } from './fields.ts';
import { quoted, type Trouble } from './problem.ts';
import type { ServiceSpec } from './profile.ts';
import type { Surroundings } from './surroundings.ts';
import { entryAt, type MapTree } from './tree.ts';

/** Which service a `service` entry means, by its whole name. */
export function serviceOf(
  tree: MapTree,
  values: ProcessValues,
  around: Surroundings,
): Pick<ServiceSpec, 'service' | 'scope'> {
  const written = values.service ?? '';
  const isWindows = around.system === 'windows';
  const trouble = written === '' ? null : isWindows ? windowsTrouble(written) : unitTrouble(written);
  if (trouble !== null) around.report(entryAt(tree, 'service')?.value.place ?? tree.place, trouble);
  if (isWindows && values.scope === 'user') {
    around.report(entryAt(tree, 'scope')?.value.place ?? tree.place, {
      what: 'Windows has no services of users',
      expected: 'system',
      hint: 'take `scope` out',
    });
  }
  return {
    service: isWindows || written.endsWith('.service') ? written : `${written}.service`,
    scope: values.scope ?? (isWindows || around.isRoot ? 'system' : 'user'),
  };
}

const otherUnits = /\.(socket|timer|target|mount|automount|path|swap|slice|scope|device)$/;

/** What systemd would refuse as the name of a service. */
function unitTrouble(name: string): Trouble | null {
  const expected = 'the name of a service such as cups.service';
  const what = quoted(name.length > 80 ? `${name.slice(0, 77)}...` : name);
  const other = otherUnits.exec(name)?.[1];
  if (other !== undefined) return { what: `${what} is a ${other}, not a service`, expected, hint: '' };
  if (!/^[A-Za-z0-9:_.\\@-]{1,247}$/.test(name) || /^(?:\.service)?$/.test(name)) {
    return { what: `${what} cannot be the name of a service`, expected, hint: '' };
  }
  if (!/@(?:\.service)?$/.test(name)) return null;
  const bare = name.replace(/@(?:\.service)?$/, '');
  return {
    what: `${what} is a template`,
    expected,
    hint: `say which instance of it: ${quoted(`${bare}@NAME.service`)}`,
  };
}

function windowsTrouble(name: string): Trouble | null {
  if (name.length <= 256 && !/[\\/]/.test(name)) return null;
  return {
    what: `${quoted(name.slice(0, 80))} cannot be the name of a service`,
    expected: 'at most 256 characters without \\ and /',
    hint: '`sc query` lists the names',
  };
}

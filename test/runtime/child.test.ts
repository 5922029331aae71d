import { expect, test } from 'vitest';
import type { ProcessSpec } from '../../source/profile/profile.ts';
import { keptOutput, launchRequest, programFacts, signFiles } from '../../source/runtime/child.ts';
import { specWith } from './spec.ts';

const surroundings = { environment: { PATH: '/bin' }, outputDirectory: '/out', notifySocket: '/notify' };

function environmentOf(fields: string) {
  const spec = specWith(fields);
  if (spec.kind !== 'command') throw new Error('not a command');
  return launchRequest(spec, 'shop/api', 2, 'mark', surroundings).environment;
}

test('a child that is to beat is told how often, in microseconds; no other one is', () => {
  expect(environmentOf('stall: { heartbeat: 30s }')['WATCHDOG_USEC']).toBe('30000000');
  expect(environmentOf('')).not.toHaveProperty('WATCHDOG_USEC');
});

test('the files that show life are those of the profile, with the number of the slot, or its own output', () => {
  const named = specWith('stall: { heartbeat: 30s, heartbeatFile: /run/beat.%n, output: 1m, outputFile: /log/api.%n }');
  expect(signFiles(named, 'shop/api', 2, surroundings)).toEqual({
    heartbeatFile: '/run/beat.2',
    outputFile: '/log/api.2',
  });
  expect(signFiles(specWith(''), 'shop/api', 2, surroundings)).toEqual({
    heartbeatFile: null,
    outputFile: '/out/shop.api.2.log',
  });
});

test('whoever is to leave a core is let write one, nobody else', () => {
  const allowed = (fields: string) => {
    const spec = specWith(fields);
    return spec.kind === 'command' && launchRequest(spec, 'shop/api', 1, 'mark', surroundings).allowsCore;
  };
  expect(allowed('dump: [stack, core]')).toBe(true);
  expect(allowed('dump: [full]')).toBe(true);
  expect(allowed('')).toBe(false);
});

test('of a dead process the profile still says what it was and where it worked', () => {
  expect(programFacts(specWith('directory: /srv/api'))).toMatchObject({ directory: '/srv/api', user: null });
});

test('evidence holds the output of what the engine has started; of the others it has none', () => {
  expect(keptOutput(specWith(''), 'shop/api', 2, surroundings)).toBe('/out/shop.api.2.log');
  const found = { ...specWith(''), kind: 'match' } as unknown as ProcessSpec;
  expect(keptOutput(found, 'shop/api', 1, surroundings)).toBe('');
});

import type { Request } from '../../source/engine/request.ts';
import type { Chance } from './chance.ts';

/** Something that an operator may ask for; some of it cannot be done. */
export function randomRequest(chance: Chance, wallMs: number): Request {
  const target = chance.pick([
    '--all',
    'shop',
    'batch',
    'shop/database',
    'shop/api',
    'shop/worker',
    'shop/worker#2',
    'batch/once',
    'batch/after',
    'nothing/here',
  ]);
  if (chance.happens(0.1))
    return chance.happens(0.5) ? { verb: 'dump', target, kinds: null } : { verb: 'heartbeat', target };
  const verb = chance.pick([
    'pause',
    'resume',
    'resume',
    'start',
    'start',
    'stop',
    'restart',
    'clear',
    'clear',
    'set',
    'unset',
  ] as const);
  if (verb === 'pause')
    return {
      verb,
      target,
      why: 'patching',
      untilMs: chance.happens(0.8) ? wallMs + chance.between(1, 120_000) : null,
    };
  if (verb === 'set')
    return {
      verb,
      target,
      values: {
        [chance.pick(['restart.limit', 'restart.delay', 'ready.within', 'command'])]: chance.pick([1, 5, '2s', 'no']),
      },
    };
  if (verb === 'unset') return { verb, target, fields: [] };
  return { verb, target };
}

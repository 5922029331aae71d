import type { Run } from '../context.ts';
import { request, targetOf } from '../operate.ts';

export const run: Run = (call, context) =>
  request({ verb: 'unset', target: targetOf(call), fields: call.rest }, call, context, 'undone');

import { operate } from '../operate.ts';

export const run = operate('clear', 'cleared');

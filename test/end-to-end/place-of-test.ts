import { onTestFinished } from 'vitest';
import { Workplace } from './workplace.ts';

/** A workplace that is cleaned up when the test ends, however it ends. */
export function placeOfTest(): Workplace {
  const place = new Workplace();
  onTestFinished(() => place.cleanUp());
  return place;
}

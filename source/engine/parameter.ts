/** One line of `params TARGET` and of the console's editor. */
export type { ParameterLine as Parameter } from '../profile/parameters.ts';

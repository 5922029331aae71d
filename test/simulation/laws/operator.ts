import { slotName } from '../../../source/engine/state.ts';
import { check, type Laws, slotOf } from '../evidence.ts';

/** What an operator asks for. */
export const operatorLaws: Laws = {
  'each request is answered once': ({ event, step }) => {
    const answers = step.effects.filter((effect) => effect.do === 'answer');
    const expected = event.type === 'requested' ? 1 : 0;
    check(answers.length === expected, `${answers.length} answers are given to ${event.type}`);
  },

  'a request that is refused changes nothing': ({ before, event, step }) => {
    const answer = step.effects.find((effect) => effect.do === 'answer');
    // Time may have come for somebody in the queue in the same step.
    if (event.type !== 'requested' || answer?.answer.ok !== false || before.brake.queue.length > 0) return;
    const isSame = step.state.processes === before.processes && step.state.groups === before.groups;
    check(isSame && step.effects.length === 1, `${event.request.verb} was refused and has done something all the same`);
  },

  'a restart by an operator is neither counted nor refused by the limit': ({ before, event, step }) => {
    if (event.type !== 'requested' || (event.request.verb !== 'restart' && event.request.verb !== 'start')) return;
    const answer = step.effects.find((effect) => effect.do === 'answer')?.answer;
    for (const name of answer?.ok === true ? answer.affected : []) {
      const process = step.state.processes[step.state.plan.indexOf.get(name) ?? -1];
      for (const slot of process?.slots ?? []) {
        const was = slotOf(before, slotName({ name }, slot))?.slot;
        check(
          !slot.restarts.includes(event.at.monoMs) || was?.restarts.includes(event.at.monoMs) === true,
          `${name} counts it`,
        );
        const isRefused = slot.phase.is === 'fatal' && slot.phase.cause === null && was?.phase.is !== 'fatal';
        check(!isRefused, `${name} is given up by it`);
      }
    }
  },
};

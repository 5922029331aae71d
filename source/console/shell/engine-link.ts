import type { EngineClient } from '../../control/engine-client.ts';
import { RequestRefused } from '../../control/failure.ts';
import type { Methods } from '../../control/protocol.ts';
import type { EngineCommand } from '../command.ts';
import type { Message } from '../message.ts';
import { EVERYTHING } from '../reading/reading-model.ts';
import { outputFollower } from './output-follower.ts';

type Snapshot = Methods['subscribe']['result'];

/** The console's line to the engine: commands go out, what comes in becomes messages; a lost line is taken up again. */
export interface EngineLink {
  perform(command: EngineCommand): void;
  close(): void;
}

const OUTPUT_LINES = 60;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5000;

export interface LinkOptions {
  readonly client: EngineClient;
  readonly connect: () => Promise<EngineClient>;
  readonly now: () => number;
  readonly dispatch: (message: Message) => void;
}

/** Rejects when the engine cannot be subscribed to even once. What comes in before `listen` is called waits for it. */
export async function linkEngine(
  options: LinkOptions,
): Promise<{ readonly snapshot: Snapshot; readonly link: EngineLink; readonly listen: () => void }> {
  const { connect, now, dispatch } = options;
  let client = options.client;
  let isClosed = false;
  let timer: NodeJS.Timeout | null = null;
  let waitMs = FIRST_WAIT_MS;

  const follow = async (next: EngineClient): Promise<{ snapshot: Snapshot; release: () => void }> => {
    // Changes may arrive in the same breath as the snapshot that they follow; they are kept until it is in place.
    let held: Message[] | null = [];
    const tell = (message: Message): void => {
      if (isClosed || next !== client) return;
      if (held === null) dispatch(message);
      else held.push(message);
    };
    next.on('changed', (change) => tell({ is: 'changed', ...change }));
    next.on('notice', (line) => tell({ is: 'notice', line }));
    next.on('progress', (progress) => tell({ is: 'progress', ...progress }));
    let isLost = false;
    next.onClose(() => {
      isLost = true;
      if (held === null && next === client) lost();
    });
    const snapshot = await next.call('subscribe', {});
    const release = (): void => {
      const early = held ?? [];
      held = null;
      for (const message of early) dispatch(message);
      if (isLost) lost();
    };
    return { snapshot, release };
  };

  const lost = (): void => {
    if (isClosed || timer !== null) return;
    dispatch({ is: 'lost', nowMs: now(), nextAttemptAtMs: now() + waitMs });
    timer = setTimeout(() => void again(), waitMs);
    waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2);
  };

  const again = async (): Promise<void> => {
    try {
      const next = await connect();
      if (isClosed) return next.close();
      client = next;
      const { snapshot, release } = await follow(next);
      timer = null;
      waitMs = FIRST_WAIT_MS;
      dispatch({ is: 'connected', ...snapshot });
      release();
    } catch {
      timer = null;
      lost();
    }
  };

  const outputs = outputFollower((target, since) => client.call('outputSince', { target, since }));

  const ask = async (command: EngineCommand): Promise<Message | null> => {
    switch (command.is) {
      case 'fetch-output-since':
        return outputs.ask(command);
      case 'act': {
        const { request, thenSave } = command;
        const answer = await refusalAsAnswer(client.call('act', request));
        if (!answer.ok || !thenSave) return { is: 'answered', request, answer };
        const { target } = request;
        return { is: 'saved', target, answer: await refusalAsAnswer(client.call('save', { target })) };
      }
      case 'reload': {
        const { dryRun } = command;
        return { is: 'reloaded', dryRun, result: await client.call('reload', { dryRun }) };
      }
      case 'save': {
        const { target } = command;
        return { is: 'saved', target, answer: await refusalAsAnswer(client.call('save', { target })) };
      }
      case 'fetch-parameters': {
        const { target } = command;
        return { is: 'parameters', target, parameters: await client.call('params', { target }) };
      }
      case 'fetch-why': {
        const { target } = command;
        return { is: 'explained', target, explanations: await client.call('why', { target }) };
      }
      case 'fetch-difference': {
        const { target } = command;
        return { is: 'difference', target, difference: await client.call('saveDiff', { target }) };
      }
      case 'fetch-samples': {
        const { target } = command;
        return { is: 'samples', target, samples: await client.call('samples', { target }) };
      }
      case 'fetch-restarts': {
        const { target } = command;
        return { is: 'restarts', target, restarts: await client.call('restarts', { target }) };
      }
      case 'fetch-events': {
        const { target, untilMs, limit } = command;
        const wanted = target === EVERYTHING ? null : target;
        return {
          is: 'events',
          target,
          lines: await client.call('events', { sinceMs: null, limit, untilMs, target: wanted }),
        };
      }
      case 'fetch-incidents': {
        const { target } = command;
        const wanted = target === EVERYTHING ? null : target;
        return { is: 'incidents', target, incidents: await client.call('incidents', { target: wanted }) };
      }
      case 'fetch-incident': {
        const { number } = command;
        return { is: 'incident', number, summary: await client.call('incident', { number }) };
      }
      case 'fetch-incident-file': {
        const { number, name, offset } = command;
        return { is: 'incident-file', number, name, part: await client.call('incidentFile', { number, name, offset }) };
      }
      case 'fetch-threads': {
        const { target } = command;
        return { is: 'threads', target, looks: await noneIfRefused(client.call('threads', { target })) };
      }
      case 'fetch-output': {
        const { target } = command;
        return { is: 'output', target, lines: await client.call('output', { target, lines: OUTPUT_LINES }) };
      }
    }
  };

  const link: EngineLink = {
    perform: (command) => {
      void ask(command)
        .catch((error: unknown): Message | null => ({ is: 'failed', problem: reasonOf(error) }))
        .then((message) => {
          if (!isClosed && message !== null) dispatch(message);
        });
    },
    close: () => {
      isClosed = true;
      outputs.close();
      if (timer !== null) clearTimeout(timer);
    },
  };
  const { snapshot, release } = await follow(client);
  return { snapshot, link, listen: release };
}

async function refusalAsAnswer(answer: Promise<Methods['act']['result']>): Promise<Methods['act']['result']> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof RequestRefused) return { ok: false, problem: error.message };
    throw error;
  }
}

/** What was asked about each second may be gone by now: that is no news for the bottom line. */
async function noneIfRefused<Item>(answer: Promise<readonly Item[]>): Promise<readonly Item[]> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof RequestRefused) return [];
    throw error;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

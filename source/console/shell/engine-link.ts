import type { EngineClient } from '../../control/engine-client.ts';
import { RequestRefused } from '../../control/failure.ts';
import type { Methods } from '../../control/protocol.ts';
import type { EngineCommand } from '../command.ts';
import type { Message } from '../message.ts';

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

  const ask = async (command: EngineCommand): Promise<Message> => {
    switch (command.is) {
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
      case 'fetch-output': {
        const { target } = command;
        return { is: 'output', target, lines: await client.call('output', { target, lines: OUTPUT_LINES }) };
      }
    }
  };

  const link: EngineLink = {
    perform: (command) => {
      void ask(command)
        .catch((error: unknown): Message => ({ is: 'failed', problem: reasonOf(error) }))
        .then((message) => {
          if (!isClosed) dispatch(message);
        });
    },
    close: () => {
      isClosed = true;
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

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

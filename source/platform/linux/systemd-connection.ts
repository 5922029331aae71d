import type { Message, MessageBus } from 'dbus-native';
import type { ServiceResult } from '../../ports/service-manager.ts';
import { inWords, type SystemdAddress } from './systemd-address.ts';

/** A manager that lets us wait this long for its handshake is not there. */
const handshakeMs = 10_000;
/**
 * systemd reads the end of the handshake and the first message behind it in one go when it is busy, and then leaves that
 * message lying until more comes (systemd issue 17425). So more comes, this often, until the first answer.
 */
const nudgeMs = 100;
/** The properties of one unit are some 25 KB. */
const largestMessageBytes = 16 * 1024 * 1024;

const busName = 'org.freedesktop.systemd1';
const managerPath = '/org/freedesktop/systemd1';
const managerInterface = `${busName}.Manager`;
const properties = 'org.freedesktop.DBus.Properties';

/** Errors by which the library says that no answer came in time, or that none can come any more. */
const noAnswer: ReadonlySet<string> = new Set([
  'org.freedesktop.DBus.Error.NoReply',
  'org.freedesktop.DBus.Error.Disconnected',
]);

export type Properties = Readonly<Record<string, unknown>>;

/** What the manager answered: its values, or why not. */
export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      /** The error's name on D-Bus; null when the answer did not come at all. */
      readonly error: string | null;
      readonly text: string;
    };

export interface SystemdSignals {
  /** Something about one unit changed; only what the manager sends along. */
  readonly changed: (path: string, changes: Properties) => void;
  /** One of the manager's own signals: UnitNew, JobRemoved, Reloading ... */
  readonly manager: (member: string, values: readonly unknown[]) => void;
  /** Once, at the end of a connection that was open. Nothing comes of it afterwards. */
  readonly lost: () => void;
}

/** An open conversation with one systemd. */
export class SystemdConnection {
  private readonly bus: MessageBus;
  private readonly isDirect: boolean;
  private open = true;

  constructor(bus: MessageBus, isDirect: boolean) {
    this.bus = bus;
    this.isDirect = isDirect;
  }

  async manager(member: string, signature: string, ...values: unknown[]): Promise<Answer> {
    return this.call(managerPath, managerInterface, member, signature, values);
  }

  /**
   * All properties of a unit, at one moment. Heard before whatever the manager says next: a promise would be kept later than a
   * change that comes in the same packet, and the change be lost under what was true before it.
   */
  propertiesOf(path: string, hear: (answer: Answer) => void): void {
    this.ask(path, properties, 'GetAll', 's', [''], hear);
  }

  /** Of a unit; heard in the same order. */
  activeState(path: string, hear: (answer: Answer) => void): void {
    this.ask(path, properties, 'Get', 'ss', [`${busName}.Unit`, 'ActiveState'], hear);
  }

  get isOpen(): boolean {
    return this.open;
  }

  /** Nothing is heard of it any more, its end neither. */
  close(): void {
    this.open = false;
    destroy(this.bus);
  }

  /** Gives the connection up; it counts as lost. */
  abandon(): void {
    destroy(this.bus);
  }

  /** Asks to be told of changes. */
  async subscribe(signals: SystemdSignals): Promise<ServiceResult> {
    const { connection } = this.bus;
    connection.on('message', (message: Message) => {
      if (this.open) this.hear(message, signals);
    });
    const lost = (): void => {
      if (!this.open) return;
      this.close();
      signals.lost();
    };
    connection.on('end', lost);
    connection.on('close', lost);
    if (!this.isDirect) await this.askTheBus();
    const nudge = setInterval(() => void this.call(managerPath, 'org.freedesktop.DBus.Peer', 'Ping', '', []), nudgeMs);
    const answer = await this.manager('Subscribe', '');
    clearInterval(nudge);
    return answer.ok ? { ok: true } : { ok: false, problem: answer.text };
  }

  private async askTheBus(): Promise<void> {
    const rules = [
      `type='signal',sender='${busName}',path_namespace='${managerPath}'`,
      // A manager that goes and comes has a new name of its own on the bus.
      `type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='${busName}'`,
    ];
    for (const rule of rules) await this.call('/org/freedesktop/DBus', 'org.freedesktop.DBus', 'AddMatch', 's', [rule]);
  }

  private hear(message: Message, signals: SystemdSignals): void {
    const { path, member, body = [] } = message;
    if (message.interface === properties && member === 'PropertiesChanged' && path !== undefined)
      signals.changed(path, body[1] as Properties);
    else if (message.interface === managerInterface && member !== undefined && path === managerPath)
      signals.manager(member, body);
    else if (member === 'NameOwnerChanged' && body[0] === busName) this.abandon();
  }

  private call(path: string, iface: string, member: string, signature: string, body: unknown[]): Promise<Answer> {
    return new Promise((resolve) => this.ask(path, iface, member, signature, body, resolve));
  }

  /** `hear` is called in the midst of what the other side says, in its order; at once where nothing is open any more. */
  private ask(
    path: string,
    iface: string,
    member: string,
    signature: string,
    body: unknown[],
    hear: (answer: Answer) => void,
  ): void {
    if (!this.open) return hear({ ok: false, error: null, text: 'the connection to systemd was lost' });
    const destination = iface.startsWith('org.freedesktop.DBus') && path === '/org/freedesktop/DBus' ? iface : busName;
    const message: Message = {
      path,
      interface: iface,
      member,
      ...(signature === '' ? {} : { signature, body }),
      ...(this.isDirect ? {} : { destination }),
    };
    // With a callback it gives no promise.
    void this.bus.invoke(message, (error, value: unknown) => {
      if (error === null || error === undefined) return hear({ ok: true, value });
      const { dbusName, message: text } = error as { dbusName?: string; message: string };
      hear({ ok: false, error: dbusName === undefined || noAnswer.has(dbusName) ? null : dbusName, text });
    });
  }
}

/**
 * Opens the address and shakes hands; `ending` ends the attempt, and the connection that it led to, without a word to
 * anybody. The library is loaded with the first service that is watched.
 */
export async function connectSystemd(
  address: SystemdAddress,
  ending: AbortSignal,
): Promise<SystemdConnection | { problem: string }> {
  const { createClient } = await import('dbus-native');
  if (ending.aborted) return { problem: 'procsaver ends' };
  const isDirect = address.kind === 'private';
  let bus: MessageBus;
  try {
    bus = createClient({
      ...(isDirect ? { socket: address.socket, direct: true } : { busAddress: address.address }),
      // The user's number, proved by the kernel. The library's other ways ask for files in the home directory.
      authMethods: ['EXTERNAL'],
      maxMessageSize: largestMessageBytes,
    });
  } catch (error) {
    return { problem: `${inWords(address)}: ${(error as Error).message}` };
  }
  const end = (): void => destroy(bus);
  ending.addEventListener('abort', end);
  bus.connection.on('close', () => ending.removeEventListener('abort', end));
  const problem = await openedOrProblem(bus);
  if (problem === null) return new SystemdConnection(bus, isDirect);
  destroy(bus);
  return { problem: `${inWords(address)}: ${problem}` };
}

function openedOrProblem(bus: MessageBus): Promise<string | null> {
  const { connection } = bus;
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(`no answer within ${handshakeMs / 1000} s`), handshakeMs);
    const settle = (problem: string | null): void => {
      clearTimeout(timer);
      resolve(problem);
    };
    connection.on('connect', () => settle(null));
    connection.on('close', () => settle('closed by the other side'));
    // Stays for the connection's whole life: an error that nobody hears would end the engine; 'close' follows it.
    connection.on('error', (error: Error) => settle(error.message));
  });
}

function destroy(bus: MessageBus): void {
  bus.connection.stream.destroy();
}

// Readiness by HTTP and TCP. Each probe runs once and says by `done` whether it held; the returned function gives it up.
import { connect } from 'node:net';

export type Probe = (done: (holds: boolean) => void) => () => void;

/** Any status from 200 to 399. A certificate is not checked: a local service's own certificate rarely names the loopback, and no secret is sent. */
export function probeHttp(url: string, timeoutMs: number): Probe {
  return (done) => {
    // Loaded when first needed: most engines never ask by HTTP.
    const client = process.getBuiltinModule(
      url.startsWith('https:') ? 'node:https' : 'node:http',
    ) as typeof import('node:https');
    const once = onlyOnce(done);
    const options = {
      timeout: timeoutMs,
      agent: false as const,
      rejectUnauthorized: false,
      headers: { connection: 'close', 'user-agent': 'procsaver' },
    };
    const request = client.get(url, options, (response) => {
      const status = response.statusCode ?? 0;
      // The body is of no interest, and may be endless.
      request.destroy();
      once(status >= 200 && status < 400);
    });
    const deadline = setTimeout(() => request.destroy(new Error('timeout')), timeoutMs);
    request.on('error', () => once(false));
    request.on('close', () => {
      clearTimeout(deadline);
      once(false);
    });
    return () => {
      once.cancel();
      request.destroy();
    };
  };
}

/** A connection is accepted. Address as in the port. */
export function probeTcp(address: string, timeoutMs: number): Probe {
  return (done) => {
    const once = onlyOnce(done);
    const socket = connect(connectionOf(address));
    const deadline = setTimeout(() => socket.destroy(), timeoutMs);
    socket.on('connect', () => {
      once(true);
      socket.destroy();
    });
    socket.on('error', () => once(false));
    socket.on('close', () => {
      clearTimeout(deadline);
      once(false);
    });
    return () => {
      once.cancel();
      socket.destroy();
    };
  };
}

function connectionOf(address: string): { path: string } | { host: string; port: number } {
  if (address.startsWith('/')) return { path: address };
  const colon = address.lastIndexOf(':');
  const host = address.slice(0, Math.max(colon, 0)).replace(/^\[(.*)\]$/, '$1');
  return { host: host === '' ? '127.0.0.1' : host, port: Number(address.slice(colon + 1)) };
}

function onlyOnce(done: (holds: boolean) => void): ((holds: boolean) => void) & { cancel(): void } {
  let isOpen = true;
  const once = (holds: boolean) => {
    if (isOpen) {
      isOpen = false;
      done(holds);
    }
  };
  return Object.assign(once, {
    cancel() {
      isOpen = false;
    },
  });
}

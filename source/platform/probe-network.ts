// Probes by HTTP and TCP.
import { connect } from 'node:net';
import { getSystemErrorMap } from 'node:util';
import type { ProbeVerdict } from '../ports/stall-prober.ts';
import { deadline, onlyOnce, type Probe, timedOut } from './probe.ts';

/** Any status from 200 to 399. A certificate is not checked: a local service's own certificate rarely names the loopback, and no secret is sent. */
export function probeHttp(url: string, timeoutMs: number): Probe {
  return (done) => {
    // Loaded when first needed: most engines never ask by HTTP.
    const client = process.getBuiltinModule(
      url.startsWith('https:') ? 'node:https' : 'node:http',
    ) as typeof import('node:https');
    const once = onlyOnce(done);
    const options = {
      agent: false as const,
      rejectUnauthorized: false,
      headers: { connection: 'close', 'user-agent': 'procsaver' },
    };
    const request = client.get(url, options, (response) => {
      const status = response.statusCode ?? 0;
      // The body is of no interest, and may be endless.
      request.destroy();
      const isGood = status >= 200 && status < 400;
      once({ is: isGood ? 'ok' : 'critical', text: `HTTP ${status} ${response.statusMessage ?? ''}`.trim() });
    });
    const cancel = deadline(timeoutMs, () => {
      once(timedOut(timeoutMs));
      request.destroy();
    });
    request.on('error', (error) => once(failed(error, url)));
    request.on('close', () => {
      cancel();
      once({ is: 'critical', text: `${url} closed the connection without an answer` });
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
    const connection = connectionOf(address);
    const whom = nameOf(connection);
    const socket = connect(connection);
    const cancel = deadline(timeoutMs, () => {
      once(timedOut(timeoutMs));
      socket.destroy();
    });
    socket.on('connect', () => {
      once({ is: 'ok', text: `${whom} accepts connections` });
      socket.destroy();
    });
    socket.on('error', (error) => once(failed(error, whom)));
    socket.on('close', () => {
      cancel();
      once({ is: 'critical', text: `${whom} closed the connection` });
    });
    return () => {
      once.cancel();
      socket.destroy();
    };
  };
}

/** What this machine or this engine lacks says nothing of the process. */
const ownFailures = ['EMFILE', 'ENFILE', 'ENOMEM', 'ENOBUFS', 'EADDRNOTAVAIL', 'EAI_AGAIN'];

/** For people; `whom` is the address that was asked. */
function failed(error: NodeJS.ErrnoException & { readonly errors?: readonly Error[] }, whom: string): ProbeVerdict {
  // A name of several addresses fails with all their errors; the last one speaks for them.
  const last = (error.errors?.at(-1) ?? error) as NodeJS.ErrnoException;
  const code = last.code ?? '';
  const [, meaning] = getSystemErrorMap().get(last.errno ?? 0) ?? [code, last.message];
  const is = ownFailures.includes(code) ? 'unknown' : 'critical';
  return { is, text: `${whom}: ${code === '' ? last.message : meaning}` };
}

type Connection = { readonly path: string } | { readonly host: string; readonly port: number };

/** As it is really asked: of an address `1` nobody would know what it means. */
function nameOf(connection: Connection): string {
  if ('path' in connection) return connection.path;
  const { host, port } = connection;
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function connectionOf(address: string): Connection {
  if (address.startsWith('/')) return { path: address };
  const colon = address.lastIndexOf(':');
  const host = address.slice(0, Math.max(colon, 0)).replace(/^\[(.*)\]$/, '$1');
  return { host: host === '' ? '127.0.0.1' : host, port: Number(address.slice(colon + 1)) };
}

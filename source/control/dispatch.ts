import {
  createJSONRPCErrorResponse,
  JSONRPCErrorCode,
  JSONRPCErrorException,
  type JSONRPCResponse,
  JSONRPCServer,
} from 'json-rpc-2.0';
import { RequestRefused } from './failure.ts';
import { formatParameterProblem, parameterProblems } from './parameter-check.ts';
import type { Method, Methods } from './protocol.ts';

/** Who asks, and what he can become. */
export interface Caller {
  /** From the kernel, not from the message. */
  readonly operator: string;
  /** From the answer to this request on, the caller gets every notification. */
  subscribe(): void;
}

/** The engine's side of the protocol. A handler refuses by throwing RequestRefused. */
export type Handlers = {
  readonly [M in Method]: (
    parameters: Methods[M]['parameters'],
    caller: Caller,
  ) => Methods[M]['result'] | Promise<Methods[M]['result']>;
};

export type Answered = JSONRPCResponse | readonly JSONRPCResponse[] | null;

/** Turns one line into its answer; null: the line was a notification and wants none. Never rejects. */
export type Dispatch = (line: string, caller: Caller) => Promise<Answered>;

/** JSON-RPC leaves -32000 to -32099 to the application. */
const refusedCode = -32000;

export function dispatcher(handlers: Handlers, reportFault: (method: string, error: unknown) => void): Dispatch {
  const server = new JSONRPCServer<Caller>({ errorListener: () => {} });
  for (const method of Object.keys(handlers) as Method[])
    server.addMethod(method, (parameters, caller) => handle(handlers, method, parameters, caller, reportFault));
  const one = async (message: unknown, caller: Caller): Promise<JSONRPCResponse | null> => {
    if (!isRequest(message)) return invalidRequest(message);
    if (!server.hasMethod(message.method)) return unknownMethod(message, Object.keys(handlers));
    return await server.receive(message, caller);
  };
  return async (line, caller) => {
    const parsed = parse(line);
    if ('problem' in parsed) return createJSONRPCErrorResponse(null, JSONRPCErrorCode.ParseError, parsed.problem);
    if (!Array.isArray(parsed.message)) return await one(parsed.message, caller);
    if (parsed.message.length === 0)
      return createJSONRPCErrorResponse(null, JSONRPCErrorCode.InvalidRequest, 'an empty batch asks for nothing');
    // The library answers a batch of one with a single object; the specification wants a list.
    const answers = await Promise.all(parsed.message.map((message) => one(message, caller)));
    const wanted = answers.filter((answer) => answer !== null);
    return wanted.length === 0 ? null : wanted;
  };
}

async function handle(
  handlers: Handlers,
  method: Method,
  sent: unknown,
  caller: Caller,
  reportFault: (method: string, error: unknown) => void,
): Promise<unknown> {
  const parameters = sent ?? {};
  const problems = parameterProblems(method, parameters);
  if (problems.length > 0) {
    throw new JSONRPCErrorException(
      `${method}: ${problems.map(formatParameterProblem).join('; ')}`,
      JSONRPCErrorCode.InvalidParams,
      { problems },
    );
  }
  try {
    return await handlers[method](parameters as never, caller);
  } catch (error) {
    if (error instanceof RequestRefused) throw new JSONRPCErrorException(error.message, refusedCode);
    reportFault(method, error);
    throw new JSONRPCErrorException(
      `${method}: the engine made a mistake: ${(error as Error).message}`,
      JSONRPCErrorCode.InternalError,
    );
  }
}

function parse(line: string): { readonly message: unknown } | { readonly problem: string } {
  try {
    return { message: JSON.parse(line) };
  } catch (error) {
    return { problem: `not JSON: ${(error as Error).message}; expected one JSON-RPC 2.0 message a line` };
  }
}

interface Request {
  readonly jsonrpc: '2.0';
  readonly method: string;
  readonly id?: string | number | null;
}

function isRequest(message: unknown): message is Request {
  if (typeof message !== 'object' || message === null) return false;
  const { jsonrpc, method, id, params } = message as Record<string, unknown>;
  return (
    jsonrpc === '2.0' &&
    typeof method === 'string' &&
    (id === undefined || isId(id)) &&
    (params === undefined || typeof params === 'object')
  );
}

function isId(id: unknown): id is string | number | null {
  return id === null || typeof id === 'string' || typeof id === 'number';
}

function invalidRequest(message: unknown): JSONRPCResponse {
  const id = typeof message === 'object' && message !== null ? (message as Record<string, unknown>)['id'] : null;
  const expected =
    'not a JSON-RPC 2.0 request; expected {"jsonrpc": "2.0", "id": 1, "method": "status", "params": {"target": null}}';
  return createJSONRPCErrorResponse(isId(id) ? id : null, JSONRPCErrorCode.InvalidRequest, expected);
}

function unknownMethod(request: Request, methods: readonly string[]): JSONRPCResponse | null {
  if (request.id === undefined) return null;
  const name = JSON.stringify(request.method.slice(0, 100));
  return createJSONRPCErrorResponse(
    request.id,
    JSONRPCErrorCode.MethodNotFound,
    `unknown method ${name}; there are ${methods.join(', ')}`,
  );
}

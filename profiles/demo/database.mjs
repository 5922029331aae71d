// A key-value store in memory that speaks a line protocol: `GET key`, `ADD key`. Ends when told TERM.
import { createServer } from 'node:net';

const say = (text) => process.stdout.write(`${text}\n`);
const port = Number(process.env.PORT ?? 47801);
const values = new Map();

const commands = {
  GET: (key) => values.get(key) ?? 0,
  ADD: (key) => {
    values.set(key, (values.get(key) ?? 0) + 1);
    return values.get(key);
  },
};

const server = createServer((socket) => {
  socket.setEncoding('utf8');
  let rest = '';
  socket.on('data', (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      const [name, key] = line.trim().split(' ');
      socket.write(`${commands[name]?.(key) ?? 'what?'}\n`);
    }
  });
  socket.on('error', () => socket.destroy());
});

server.on('error', (error) => {
  say(`cannot listen: ${error.message}`);
  process.exit(1);
});
server.listen(port, '127.0.0.1', () => say(`database accepts connections on port ${port}`));

process.on('SIGTERM', () => {
  say('database ends');
  process.exit(0);
});

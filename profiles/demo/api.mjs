// The shop's web server: counts visits in the database. /health says whether the database answers. Ends when told TERM.
import { createServer } from 'node:http';
import { connect } from 'node:net';

const say = (text) => process.stdout.write(`${text}\n`);
const port = Number(process.env.PORT ?? 47802);
const databasePort = Number(process.env.DATABASE_PORT ?? 47801);

/** One command to the database, and its answer. */
function ask(command) {
  return new Promise((resolve, reject) => {
    const socket = connect(databasePort, '127.0.0.1', () => socket.write(`${command}\n`));
    socket.setTimeout(1000, () => socket.destroy(new Error('the database does not answer')));
    socket.once('data', (answer) => {
      resolve(String(answer).trim());
      socket.end();
    });
    socket.once('error', reject);
  });
}

const server = createServer(async (request, response) => {
  try {
    const isHealthCheck = request.url === '/health';
    const count = await ask(isHealthCheck ? 'GET visits' : 'ADD visits');
    response.end(isHealthCheck ? 'healthy\n' : `You are visitor ${count}.\n`);
  } catch (error) {
    response.statusCode = 503;
    response.end(`${error.message}\n`);
  }
});

server.on('error', (error) => {
  say(`cannot listen: ${error.message}`);
  process.exit(1);
});
server.listen(port, '127.0.0.1', () => say(`api serves http://127.0.0.1:${port}/`));

process.on('SIGTERM', () => {
  say('api ends');
  process.exit(0);
});

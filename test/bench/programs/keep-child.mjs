// The floor in Node: the shortest loop that keeps a child alive.
import { spawn } from 'node:child_process';

const [program] = process.argv.slice(2);
const keep = () => spawn(program, [], { stdio: 'ignore' }).on('exit', keep);
keep();

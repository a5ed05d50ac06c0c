import './requireNode24.mjs';
import { spawn } from 'node:child_process';
import { binary, run } from './runCommand.mjs';

/**
 * Runs a command of this checkout on an own, invisible display (Xvfb):
 * `node scripts/withDisplay.mjs COMMAND ARGS...`
 */
const [command = '', ...args] = process.argv.slice(2);
const screen = ['-screen', '0', '1440x900x24', '-nolisten', 'tcp'];
const server = spawn('Xvfb', ['-displayfd', '3', ...screen], {
  stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
});
process.on('exit', () => server.kill());

const number = await new Promise((resolve, reject) => {
  server.once('error', reject);
  server.once('exit', (code) => reject(new Error(`Xvfb ended with code ${code}`)));
  server.stdio[3]?.once('data', (text) => resolve(String(text).trim()));
});
const env = { ...process.env, DISPLAY: `:${number}` };
process.exitCode = await run(binary(command), args, { env });
server.removeAllListeners('exit').kill();

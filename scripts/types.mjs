import './requireNode24.mjs';
import { binary, run } from './runCommand.mjs';

const preload = 'electron/tsconfig.preload.json';
const projects = ['shared', 'electron', preload, 'renderer', 'test', '.'];
const codes = await Promise.all(projects.map((project) => run(binary('tsc'), ['-p', project])));
process.exitCode = Math.max(...codes);

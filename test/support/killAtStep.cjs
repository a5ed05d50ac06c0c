/** Preloaded into the command line: ends it as kill -9 does before its nth change to the watched folder. */
const files = require('node:fs/promises');
const { basename } = require('node:path');

const killAt = Number(process.env.ASSAY_TEST_KILL_AT);
if (basename(process.argv[1] ?? '') === 'cli.cjs' && killAt > 0) {
  let step = 0;
  for (const name of ['mkdir', 'rename', 'rmdir', 'writeFile']) {
    const real = Reflect.get(files, name);
    Reflect.set(files, name, (/** @type {unknown[]} */ ...args) => {
      step += 1;
      if (step === killAt) process.kill(process.pid, 'SIGKILL');
      return Reflect.apply(real, files, args);
    });
  }
}

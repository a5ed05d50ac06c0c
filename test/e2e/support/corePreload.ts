import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Assay } from './launch';

/** Has a script run in core before core's own, from the next start of core on. */
export async function preloadInCore({ app, home }: Assay, script: string): Promise<void> {
  const preload = join(home.files, 'preload.cjs');
  writeFileSync(preload, script);
  await app.evaluate(
    ({ utilityProcess }, { main, first }) => {
      const { writeFileSync: write } = process.getBuiltinModule('node:fs');
      const fork = utilityProcess.fork.bind(utilityProcess);
      utilityProcess.fork = (file, args, options) => {
        if (options?.serviceName !== 'Assay core') return fork(file, args, options);
        write(main, [first, file].map((one) => `require(${JSON.stringify(one)});`).join(' '));
        return fork(main, args, options);
      };
    },
    { main: join(home.files, 'main.cjs'), first: preload },
  );
}

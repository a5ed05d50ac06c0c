import './requireNode24.mjs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createServer } from 'vite';
import { root } from './projectPaths.mjs';

// Writes the JSON schemas in docs/ from the schemas that the program itself uses.
const server = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  server: { middlewareMode: true, ws: false, watch: null },
});
try {
  const { driftJsonSchema } = await server.ssrLoadModule('/shared/drift/driftJson.ts');
  await writeFile(join(root, 'docs/drift-json.schema.json'), driftJsonSchema());
  const { canaryJsonSchema } = await server.ssrLoadModule('/shared/canary/canaryJson.ts');
  await writeFile(join(root, 'docs/canary-json.schema.json'), canaryJsonSchema());
  const { sidecarJsonSchema } = await server.ssrLoadModule('/shared/intake/sidecar.ts');
  await writeFile(join(root, 'docs/intake-sidecar.schema.json'), sidecarJsonSchema());
} finally {
  await server.close();
}

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { driftJsonSchema } from '../../shared/drift/driftJson';

describe('docs/drift-json.schema.json', () => {
  it('is what `npm run schemas` writes today', () => {
    const committed = readFileSync(
      new URL('../../docs/drift-json.schema.json', import.meta.url),
      'utf8',
    );
    expect(committed).toBe(driftJsonSchema());
  });
});

import { defineConfig } from 'vitest/config';

// Measurements, one after the other: run by hand with `npm run bench`, never as part of the tests.
export default defineConfig({
  test: {
    include: ['test/bench/**/*.bench.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 600_000,
  },
});

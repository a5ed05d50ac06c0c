import { expect, test } from '@playwright/test';
import { timedStart } from './support/timedStart';

/** What is aimed at is 1,500 ms; a busy test machine is given more. */
const LIMIT_MS = 4_000;

test('the window can be used soon after the start', async () => {
  const timesMs: number[] = [];
  for (let run = 0; run < 5; run += 1) timesMs.push(await timedStart());
  const medianMs = timesMs.toSorted((a, b) => a - b)[2] ?? Infinity;
  console.log(`start: median ${medianMs} ms of ${timesMs.join(', ')} ms`);
  expect(medianMs).toBeLessThan(LIMIT_MS);
});

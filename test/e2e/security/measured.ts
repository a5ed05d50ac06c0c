import { test } from '@playwright/test';

/** Puts a figure into the results, beside the test that found it. */
export function measured(description: string): void {
  test.info().annotations.push({ type: 'measured', description });
}

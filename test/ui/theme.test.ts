import { DEFAULT_THEME, mergeMantineTheme } from '@mantine/core';
import { describe, expect, it } from 'vitest';
import { cssVariablesResolver, STATES, theme } from '../../renderer/ui/theme';

/** WCAG 2.2 relative luminance of `#rrggbb`. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const variables = cssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme));
const schemes = { light: variables.light, dark: variables.dark };

describe.each(Object.entries(schemes))('the %s theme', (_name, scheme) => {
  const colours = new Map(Object.entries(scheme));
  const colour = (name: string): string => {
    const value = colours.get(name) ?? '';
    if (!/^#[0-9a-f]{6}$/.test(value)) throw new Error(`${name} is not a plain colour: ${value}`);
    return value;
  };

  it.each(STATES)('sets the words of state %s apart from every ground by at least 4.5', (state) => {
    for (const ground of [`--assay-${state}-background`, '--assay-surface', '--assay-page']) {
      expect(contrast(colour(`--assay-${state}-text`), colour(ground))).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('sets charts apart from their ground by at least 3', () => {
    for (const part of ['reference', 'live', 'threshold', 'gap', 'axis']) {
      expect(
        contrast(colour(`--assay-chart-${part}`), colour('--assay-surface')),
      ).toBeGreaterThanOrEqual(3);
    }
  });

  it('sets errors and placeholders apart from the surface by at least 4.5', () => {
    for (const name of ['--mantine-color-error-text', '--mantine-color-placeholder']) {
      expect(contrast(colour(name), colour('--assay-surface'))).toBeGreaterThanOrEqual(4.5);
    }
  });
});

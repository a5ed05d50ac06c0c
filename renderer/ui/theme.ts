import {
  createTheme,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from '@mantine/core';

/** The four states of anything that Assay watches. Always word + icon + colour. */
export const STATES = ['ok', 'watch', 'alert', 'unknown'] as const;
export type State = (typeof STATES)[number];

const accent: MantineColorsTuple = [
  '#eef4fb',
  '#dbe7f6',
  '#b5cdec',
  '#8cb2e3',
  '#6b9bdb',
  '#4d84cf',
  '#3a71bd',
  '#2c5fa6',
  '#244f8b',
  '#1c3e6e',
];

const slate: MantineColorsTuple = [
  '#dde1e7',
  '#bcc4ce',
  '#a2acb9',
  '#727d8c',
  '#3f4854',
  '#2e3640',
  '#232a33',
  '#1a2027',
  '#14191f',
  '#0e1216',
];

/** Makes `c="error"` work; the text colours below are the ones that are seen. */
const error: MantineColorsTuple = [
  '#fdeaea',
  '#f9d2d0',
  '#f2aaa6',
  '#ea8079',
  '#e05d54',
  '#d4443a',
  '#c4342a',
  '#b42318',
  '#941c13',
  '#75150e',
];

/** Colours of charts: reference is grey, live is the accent, in both themes. */
export const CHART_COLOURS = {
  reference: 'var(--assay-chart-reference)',
  live: 'var(--assay-chart-live)',
  threshold: 'var(--assay-chart-threshold)',
  gap: 'var(--assay-chart-gap)',
  grid: 'var(--assay-chart-grid)',
  axis: 'var(--assay-chart-axis)',
  surface: 'var(--assay-surface)',
} as const;

/** CSS variables of a state: text on the page or on `background`, and a border. */
export function stateColours(state: State): {
  readonly text: string;
  readonly background: string;
  readonly border: string;
} {
  return {
    text: `var(--assay-${state}-text)`,
    background: `var(--assay-${state}-background)`,
    border: `var(--assay-${state}-border)`,
  };
}

const quietInputs = { defaultProps: { size: 'sm' } };

export const theme: MantineThemeOverride = createTheme({
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SFMono-Regular", "DejaVu Sans Mono", Menlo, monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.5' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '21px', lineHeight: '1.3' },
      h2: { fontSize: '16px', lineHeight: '1.35' },
      h3: { fontSize: '14px', lineHeight: '1.4' },
    },
  },
  colors: { accent, error, dark: slate },
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Badge: { defaultProps: { tt: 'none', fw: 600, radius: 'sm' } },
    Button: { defaultProps: { size: 'sm' } },
    TextInput: quietInputs,
    PasswordInput: quietInputs,
    Textarea: quietInputs,
    NumberInput: quietInputs,
    Select: quietInputs,
    Modal: {
      defaultProps: {
        overlayProps: { backgroundOpacity: 0.45 },
        centered: true,
        closeButtonProps: { 'aria-label': 'Close' },
        // The kit makes it a `header`, which would count as a second banner of the page.
        attributes: { header: { role: 'presentation' } },
      },
      styles: { title: { fontSize: '16px', fontWeight: 600, overflowWrap: 'anywhere' } },
    },
    Tooltip: {
      defaultProps: { openDelay: 250, events: { hover: true, focus: true, touch: true } },
    },
    Paper: { defaultProps: { withBorder: true, p: 'md' } },
    Text: { defaultProps: { size: 'sm' } },
  },
});

const light = {
  '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
  '--mantine-color-placeholder': '#667079',
  '--mantine-color-error': '#b42318',
  '--mantine-color-error-text': '#b42318',
  '--mantine-color-body': '#ffffff',
  '--assay-page': '#f7f8fa',
  '--mantine-color-anchor': 'var(--mantine-color-accent-7)',
  '--assay-surface': '#ffffff',
  '--assay-line': '#dee2e6',
  '--assay-hover': '#f1f4f8',
  '--assay-selected': 'var(--mantine-color-accent-0)',
  '--assay-ok-text': '#1b6737',
  '--assay-ok-background': '#e6f4ea',
  '--assay-ok-border': '#9bd0ad',
  '--assay-watch-text': '#7a4b00',
  '--assay-watch-background': '#fff3d6',
  '--assay-watch-border': '#e4bf6a',
  '--assay-alert-text': '#a4161a',
  '--assay-alert-background': '#fdeaea',
  '--assay-alert-border': '#eda8a8',
  '--assay-unknown-text': '#495057',
  '--assay-unknown-background': '#eef0f3',
  '--assay-unknown-border': '#c5cbd3',
  '--assay-chart-reference': '#868e96',
  '--assay-chart-live': '#2c5fa6',
  '--assay-chart-threshold': '#c2410c',
  '--assay-chart-gap': '#a4161a',
  '--assay-chart-grid': '#e6e9ed',
  '--assay-chart-axis': '#495057',
} as const;

const dark: Record<keyof typeof light, string> = {
  '--mantine-color-dimmed': '#a9b3c0',
  '--mantine-color-placeholder': '#8e99a8',
  '--mantine-color-error': '#ff9c93',
  '--mantine-color-error-text': '#ff9c93',
  '--mantine-color-body': '#1a2027',
  '--assay-page': '#14191f',
  '--mantine-color-anchor': 'var(--mantine-color-accent-3)',
  '--assay-surface': '#1a2027',
  '--assay-line': '#323b46',
  '--assay-hover': '#222932',
  '--assay-selected': '#20304a',
  '--assay-ok-text': '#84d6a0',
  '--assay-ok-background': '#173023',
  '--assay-ok-border': '#2f6a47',
  '--assay-watch-text': '#f2c668',
  '--assay-watch-background': '#352913',
  '--assay-watch-border': '#7a5c1f',
  '--assay-alert-text': '#ffa8a2',
  '--assay-alert-background': '#3b1c1d',
  '--assay-alert-border': '#86393a',
  '--assay-unknown-text': '#bcc4ce',
  '--assay-unknown-background': '#262d36',
  '--assay-unknown-border': '#47515e',
  '--assay-chart-reference': '#98a2b1',
  '--assay-chart-live': '#6ea4ea',
  '--assay-chart-threshold': '#f59e5b',
  '--assay-chart-gap': '#ff8f88',
  '--assay-chart-grid': '#2b333d',
  '--assay-chart-axis': '#bcc4ce',
};

/** Corrects the kit's contrast to WCAG AA and adds Assay's own tokens. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({ variables: {}, light, dark });

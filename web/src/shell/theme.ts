import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** A quiet blue: it marks what can be done, never how something stands. */
const blue: MantineColorsTuple = [
  '#eaf3fb',
  '#d3e4f3',
  '#a4c8e6',
  '#72aada',
  '#4b91cf',
  '#3381c9',
  '#2472b8',
  '#1c5d99',
  '#164b7d',
  '#0e3a63',
];

/** The dark of the page has a little of that blue; Mantine makes fields and buttons of these. */
const dark: MantineColorsTuple = [
  '#e4e8ed',
  '#c5ccd5',
  '#a2adb9',
  '#7c8896',
  '#3a434e',
  '#2e353e',
  '#242a32',
  '#1b1f25',
  '#14171b',
  '#0f1114',
];

export const theme = createTheme({
  primaryColor: 'blue',
  primaryShade: { light: 7, dark: 6 },
  colors: { blue, dark },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '20px' }, h2: { fontSize: '16px' }, h3: { fontSize: '14px' } },
  },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
});

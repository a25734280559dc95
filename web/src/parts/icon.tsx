/** Drawn in a box of 24, in the colour of the text around them. They say nothing to a screen reader: what they mean is said beside them. */
const drawings = {
  check: 'M5 12.5 10 17.5 19 7',
  cross: 'M6 6 18 18 M18 6 6 18',
  warning: 'M12 4 21 19 H3 Z M12 10 V14 M12 16.5 V17',
  info: 'M12 21 a9 9 0 1 0 0-18 a9 9 0 0 0 0 18 M12 11 V16 M12 7.5 V8',
  moon: 'M20 14.5 A8.5 8.5 0 1 1 9.5 4 A7 7 0 0 0 20 14.5',
  sun: 'M12 16 a4 4 0 1 0 0-8 a4 4 0 0 0 0 8 M12 2 V4.5 M12 19.5 V22 M2 12 H4.5 M19.5 12 H22 M5 5 6.7 6.7 M17.3 17.3 19 19 M5 19 6.7 17.3 M17.3 6.7 19 5',
  search: 'M10.5 17 a6.5 6.5 0 1 0 0-13 a6.5 6.5 0 0 0 0 13 M15.3 15.3 20.5 20.5',
  clusters: 'M9 3 H15 V8 H9 Z M3 16 H9 V21 H3 Z M15 16 H21 V21 H15 Z M12 8 V12 M6 16 V12 H18 V16',
  recoveries: 'M4 12 a8 8 0 1 0 2.6-5.9 M4 3.5 V8 H8.5 M12 8 V12.5 L15 14.5',
  workbench: 'M4 6 H14 M18 6 H20 M4 12 H8 M12 12 H20 M4 18 H14 M18 18 H20 M16 4 V8 M10 10 V14 M16 16 V20',
  stop: 'M7 3.5 H17 L20.5 7 V17 L17 20.5 H7 L3.5 17 V7 Z M8.5 12 H15.5',
  pause: 'M8 5 V19 M16 5 V19',
  play: 'M8 5 L18.5 12 8 19 Z',
  step: 'M6 5 L15 12 6 19 Z M18 5 V19',
  lock: 'M6 11 H18 V20 H6 Z M8.5 11 V8 a3.5 3.5 0 0 1 7 0 V11',
  pen: 'M4 20 L5 15.5 16 4.5 19.5 8 8.5 19 Z',
  plus: 'M12 5 V19 M5 12 H19',
  minus: 'M5 12 H19',
  fit: 'M4 9 V4 H9 M15 4 H20 V9 M20 15 V20 H15 M9 20 H4 V15',
  list: 'M8 6 H20 M8 12 H20 M8 18 H20 M4 6 H4.5 M4 12 H4.5 M4 18 H4.5',
  tree: 'M5 4 V18 H11 M5 11 H11 M14 9 H20 V13 H14 Z M14 16 H20 V20 H14 Z',
  dots: 'M12 5.5 V6 M12 12 V12.5 M12 18.5 V19',
  arrow: 'M5 12 H19 M13 6 19 12 13 18',
  crown: 'M4 17 V7.5 L8.5 11 12 5.5 15.5 11 20 7.5 V17 Z',
} as const;

export type IconName = keyof typeof drawings;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      style={{ flex: 'none' }}
    >
      <path d={drawings[name]} />
    </svg>
  );
}

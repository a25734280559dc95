import { type CSSProperties, createElement, type ReactNode, useMemo } from 'react';
import type { Drawing } from '../../../src/drawing/geometry.ts';
import type { Lit } from '../../../src/drawing/lit.ts';
import type { Mark } from '../../../src/drawing/mark.ts';
import { pictureOf } from '../../../src/drawing/picture.ts';
import { pictureStyle } from '../../../src/drawing/picture-style.ts';

/** A machine with the way of a run in it. Whoever comes to a state, by pointer or by keyboard, is told of it. */
export function Statechart({
  drawing,
  lit,
  onState,
}: {
  drawing: Drawing;
  lit: Lit;
  onState: (id: string | null) => void;
}) {
  const picture = useMemo(() => elementOf(pictureOf(drawing, lit), 0), [drawing, lit]);
  const natural = { '--natural-width': `${drawing.width}px` } as CSSProperties;
  const tell = ({ target }: { target: EventTarget }) => onState(stateAt(target));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is interactive are the states within it, each with a name.
    <div
      style={natural}
      onFocus={tell}
      onMouseOver={tell}
      onMouseLeave={() => onState(null)}
      onBlur={() => onState(null)}
    >
      <style>{pictureStyle}</style>
      {picture}
    </div>
  );
}

function stateAt(target: EventTarget): string | null {
  if (!(target instanceof Element)) return null;
  return target.closest('[data-state]')?.getAttribute('data-state') ?? null;
}

/** React has names of its own for two attributes. */
const renamed: Readonly<Record<string, string>> = { class: 'className', tabindex: 'tabIndex' };

function elementOf(mark: Mark | string, key: number): ReactNode {
  if (typeof mark === 'string') return mark;
  const given = Object.entries(mark.attributes).map(([name, value]) => [renamed[name] ?? name, value]);
  return createElement(mark.tag, { key, ...Object.fromEntries(given) }, ...mark.inside.map(elementOf));
}

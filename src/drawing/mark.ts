/** One element of a picture, for whoever draws it: written as SVG, or handed to the page piece by piece. */
export interface Mark {
  readonly tag: 'svg' | 'g' | 'rect' | 'path' | 'circle' | 'text' | 'title' | 'style';
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly inside: readonly (Mark | string)[];
}

export function mark(
  tag: Mark['tag'],
  attributes: Mark['attributes'],
  ...inside: readonly (Mark | string)[]
): Mark {
  return { tag, attributes, inside };
}

/** A picture as text that stands in a page or in a file of its own. */
export function markText({ tag, attributes, inside }: Mark): string {
  const given = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(String(value))}"`);
  const within = inside.map((one) => (typeof one === 'string' ? escaped(one) : markText(one)));
  return `<${tag}${given.join('')}>${within.join('')}</${tag}>`;
}

/** Text that is only text, between tags and in attributes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

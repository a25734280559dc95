/**
 * The compiled twin of a source file, for whoever starts it as a process or a worker: Node 20 runs no
 * TypeScript. `url` is that of the .ts file, made from `import.meta.url`; the twin is
 * dist, a .js file, whether the caller itself runs from its source or from dist.
 */
export function builtTwin(url: string): URL {
  const house = new URL('../..', import.meta.url).href;
  if (!url.startsWith(house) || !url.endsWith('.ts'))
    throw new Error(`${url} is no source file of this house`);
  const dist = import.meta.url.endsWith('.ts') ? `${house}dist/` : house;
  return new URL(`${dist}${url.slice(house.length, -'.ts'.length)}.js`);
}

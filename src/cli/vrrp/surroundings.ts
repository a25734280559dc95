import { readFileSync } from 'node:fs';
import { fileValue, type KeepalivedConf } from '../../protocols/keepalived/index.ts';

/** What of this machine an instance tracks: whether interfaces are up, and the numbers in files. */
export interface Sight {
  readonly links: ReadonlyMap<string, boolean>;
  readonly files: ReadonlyMap<string, number>;
}

/** What the configuration names, as it stands now. An interface that this machine does not have is up. */
export function seen({ instances, groups, files }: KeepalivedConf): Sight {
  const tracked = [...instances, ...groups].flatMap((one) =>
    one.tracked.filter(({ kind }) => kind === 'interface').map(({ name }) => name),
  );
  const links = new Set([...instances.map((one) => one.interface), ...tracked]);
  return {
    links: new Map([...links].map((name) => [name, isUp(name)])),
    files: new Map(files.map(({ name, path }) => [name, path === null ? 0 : fileValue(textIn(path) ?? '')])),
  };
}

function isUp(name: string): boolean {
  if (!/^[\w.@:-]+$/.test(name)) return true;
  const state = textIn(`/sys/class/net/${name}/operstate`)?.trim();
  return state !== 'down' && state !== 'lowerlayerdown';
}

/** Null where it cannot be read. */
function textIn(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

import type { Complaint } from './complaint.ts';
import { linesOf } from './lines.ts';

/** A script of resource.d and what it is called with: `fakedb::db1` is fakedb with db1. */
export interface Resource {
  readonly script: string;
  readonly arguments: readonly string[];
}

/** A line of haresources: what runs together, and where it is at home. */
export interface ResourceGroup {
  /** By which messages name the group: its first resource as it is written. */
  readonly key: string;
  /** In small letters. */
  readonly node: string;
  /** In the order in which they start; they stop in the other. */
  readonly resources: readonly Resource[];
  readonly line: number;
}

/** Lines may go on behind a backslash. `nodes`: those of ha.cf. */
export function readHaresources(
  text: string,
  nodes: readonly string[],
): { readonly groups: readonly ResourceGroup[]; readonly complaints: readonly Complaint[] } {
  const groups: ResourceGroup[] = [];
  const complaints: Complaint[] = [];
  const complain = (line: number, message: string) => {
    complaints.push({ severity: 'error', file: 'haresources', line, message });
  };
  // Joined lines leave empty ones behind, so that the numbers stay right.
  const joined = text.replaceAll(/(?:[^\n]*\\[ \t]*\n)+[^\n]*/g, (lines) => {
    const all = lines.split(/\\[ \t]*\n/);
    return all.join(' ') + '\n'.repeat(all.length - 1);
  });
  for (const { line, words } of linesOf(joined)) {
    const [home, ...rest] = words;
    const [node, [key]] = [home.toLowerCase(), rest];
    if (key === undefined) complain(line, `${home} has no resources.`);
    else if (!nodes.includes(node)) complain(line, `${home} is no node of ha.cf.`);
    else if (groups.some((one) => one.key === key)) complain(line, `${key} is here twice.`);
    else groups.push({ key, node, resources: rest.map(resourceOf), line });
  }
  return { groups, complaints };
}

/** An address alone is short for the script that holds it. */
function resourceOf(word: string): Resource {
  if (/^\d{1,3}(\.\d{1,3}){3}(\/|$)/.test(word)) return { script: 'IPaddr', arguments: [word] };
  const [script = '', ...rest] = word.split('::');
  return { script, arguments: rest };
}

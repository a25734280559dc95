import { BatonError } from '../../kernel/errors.ts';
import { type Attributes, refuse, usualBounds, type XmlBounds, XmlReader } from './xml.ts';

/** A node as `crm_mon --output-as=xml` tells of it. */
export interface LevelNode {
  readonly name: string;
  readonly online: boolean;
  /** On its way into the cluster. */
  readonly pending: boolean;
  /** It is, or shall be, fenced: the cluster knows nothing of it, or could not stop what runs on it. */
  readonly unclean: boolean;
  /** The cluster counts on it. */
  readonly expectedUp: boolean;
}

/** A fencing that is in the cluster's memory. */
export interface LevelFencing {
  readonly action: string;
  readonly target: string;
  readonly status: string;
  /** When it ended, in milliseconds since 1970, the end of the second that is written; null where it has not. */
  readonly completedAt: number | null;
}

/** How a cluster stands. What is told of single events is a hint; this is what is acted upon. */
export interface Level {
  /** It makes sure that lost nodes are off (stonith-enabled). */
  readonly fences: boolean;
  readonly nodes: readonly LevelNode[];
  readonly fencings: readonly LevelFencing[];
}

/** What `crm_mon --output-as=xml` (Pacemaker 2.1 and later) printed. Throws BatonError `message-unreadable`. */
export function readLevel(text: string, bounds: XmlBounds = usualBounds): Level {
  const nodes: LevelNode[] = [];
  const fencings: LevelFencing[] = [];
  const path: string[] = [];
  let fences: boolean | null = null;
  const reader = new XmlReader(
    {
      opened(name, attributes) {
        path.push(name);
        if (path[0] !== 'pacemaker-result') refuse(`its root is <${name}>, not <pacemaker-result>`);
        const place = path.slice(1).join('/');
        if (place === 'nodes/node') nodes.push(nodeOf(attributes));
        if (place === 'fence_history/fence_event') fencings.push(fencingOf(attributes));
        if (place === 'summary/cluster_options') fences = attributes['stonith-enabled'] === 'true';
      },
      closed() {
        path.pop();
      },
    },
    bounds,
  );
  reader.write(text);
  reader.end();
  // A cluster that does not answer is told of by a document that has nothing in it.
  if (fences === null)
    throw new BatonError(
      'message-unreadable',
      'crm_mon says nothing of a cluster: it has no cluster_options',
    );
  return { fences, nodes, fencings };
}

function nodeOf(attributes: Attributes): LevelNode {
  const is = (name: string) => attributes[name] === 'true';
  return {
    name: attributes['name'] ?? '',
    online: is('online'),
    pending: is('pending'),
    unclean: is('unclean'),
    expectedUp: is('expected_up'),
  };
}

function fencingOf({ action = '', target = '', status = '', completed }: Attributes): LevelFencing {
  const at = completed === undefined ? Number.NaN : Date.parse(completed);
  const hasFraction = completed?.includes('.') === true;
  return {
    action,
    target,
    status,
    completedAt: Number.isNaN(at) ? null : hasFraction ? at : at + 999,
  };
}

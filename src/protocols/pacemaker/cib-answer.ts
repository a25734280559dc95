import type { NodeStateEvent } from './events.ts';
import { membershipAttributes } from './message.ts';
import { nodeStateEvents } from './node-state.ts';
import { type Attributes, usualBounds, XmlReader } from './xml.ts';

/** What the remote protocol answers to a query of the CIB. */
export function isCibAnswer(text: string): boolean {
  return text.startsWith('<cib-reply');
}

/** How the nodes stand in the CIB that an answer brings. Throws BatonError `message-unreadable`. */
export function nodesIn(answer: string): readonly NodeStateEvent[] {
  const nodes: Attributes[] = [];
  const path: string[] = [];
  const reader = new XmlReader(
    {
      opened(name, attributes) {
        path.push(name);
        if (path.join('/') === 'cib-reply/cib_calldata/cib/status/node_state') nodes.push(attributes);
      },
      closed() {
        path.pop();
      },
    },
    usualBounds,
  );
  reader.write(answer);
  reader.end();
  return nodeStateEvents({
    format: null,
    operations: [],
    nodes: nodes.map((attributes) => ({
      attributes,
      changed: membershipAttributes.filter((name) => attributes[name] !== undefined),
    })),
  });
}

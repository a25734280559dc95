import type { Teller } from '../../engine/ports.ts';
import type { Clock } from '../../kernel/clock.ts';
import { messageOf } from '../../kernel/errors.ts';
import { environmentOf, nodeEnvironmentOf } from '../../protocols/pacemaker/environment.ts';
import { isCibAnswer, nodesIn } from '../../protocols/pacemaker/cib-answer.ts';
import { Membership } from '../../protocols/pacemaker/membership.ts';
import { decodeMessage } from '../../protocols/pacemaker/message-reader.ts';
import { nodeStateEvents } from '../../protocols/pacemaker/node-state.ts';
import { readAsCrmMon } from '../../protocols/pacemaker/readings/crm-mon.ts';
import { membershipText, operationText } from './told-text.ts';

/** Between two attempts to follow a CIB; twice as long each time, up to the last. */
const firstRestMs = 1_000;
const longestRestMs = 30_000;

/** What is heard, and by whom it is asked for. */
export interface Following {
  /** Ends by throwing when the connection does, and quietly with the signal. */
  readonly messages: (how: { signal: AbortSignal; begun: () => void }) => AsyncIterable<string>;
  /** A node, and what was told of it, in a sentence and in crm_mon's variables. */
  readonly told: (
    node: string,
    what: { readonly because: string; readonly variables: Readonly<Record<string, string>> },
  ) => void;
  /** What was told meanwhile nobody has heard: the cluster is to be asked. */
  readonly missed: () => void;
  readonly clock: Clock;
  readonly teller: Teller;
}

/** Follows the CIB of a cluster, for as long as it takes, over one connection after the other. Never rejects. */
export async function follow(following: Following, signal: AbortSignal): Promise<void> {
  const { messages, missed, clock, teller } = following;
  let restMs = firstRestMs;
  let fault: string | null = null;
  const begun = () => {
    restMs = firstRestMs;
    fault = null;
    teller.tell('the CIB of the Pacemaker cluster is followed', {});
    missed();
  };
  while (!signal.aborted) {
    const membership = new Membership();
    try {
      for await (const text of messages({ signal, begun })) tellOf(text, membership, following);
    } catch (error) {
      const because = messageOf(error);
      if (because !== fault) teller.warn(because, {});
      fault = because;
    }
    await clock.sleep(restMs, signal).catch(() => {});
    restMs = Math.min(2 * restMs, longestRestMs);
  }
}

/** A message that cannot be read keeps nobody from hearing the next one; that there was something is known all the same. */
function tellOf(text: string, membership: Membership, { told, missed, teller }: Following): void {
  try {
    if (isCibAnswer(text)) {
      for (const node of nodesIn(text)) membership.begin(node);
      return;
    }
    const message = decodeMessage(text);
    for (const event of readAsCrmMon(message))
      told(event.node, { because: operationText(event), variables: environmentOf(event, '') });
    for (const event of nodeStateEvents(message)) {
      const classification = membership.classify(event);
      if (classification === null) missed();
      else {
        const variables = nodeEnvironmentOf(event, classification, '');
        told(event.node, { because: membershipText(event, classification), variables });
      }
    }
  } catch (error) {
    teller.warn(messageOf(error), {});
    missed();
  }
}

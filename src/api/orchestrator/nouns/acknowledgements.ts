import type { Acknowledged } from '../../../controller/requests/acknowledgements.ts';
import { actingNames, orchestratorRecovery } from '../../../../workflows/acting.ts';
import { BatonError } from '../../../kernel/errors.ts';
import { ok, refused } from '../answer.ts';
import type { Asked } from '../asked.ts';
import type { Route, Served } from '../route.ts';
import { keyShape, numberOf } from '../shapes/values.ts';

/** What is meant, and what orchestrator says and gives when it has been seen. */
interface Meant {
  readonly what: Acknowledged;
  readonly says: string;
  readonly details: unknown;
}

/** So far back is looked for a run by its number. */
const lookedAt = 1_000;

/** People say that they have seen how recoveries ended. The comment is not left out (orchestrator 3.2.6, section 2.7). */
export const acknowledgementRoutes: readonly Route[] = [
  acknowledging('ack-recovery/cluster/:clusterHint', ofCluster('clusterHint')),
  acknowledging('ack-recovery/cluster/alias/:clusterAlias', ofCluster('clusterAlias')),
  acknowledging('ack-recovery/instance/:host/:port', ofInstance),
  acknowledging('ack-recovery/:recoveryId', byNumber),
  acknowledging('ack-recovery/uid/:uid', byUid),
  acknowledging('ack-all-recoveries', everything),
];

function acknowledging(path: string, meant: (asked: Asked, served: Served) => Meant | Promise<Meant>): Route {
  return {
    path,
    needs: 'acknowledge',
    async answer(asked, served) {
      const comment = asked.query('comment');
      if (comment === '') return refused('No acknowledge comment given');
      const { what, says, details } = await meant(asked, served);
      await served.controller.acknowledge(what, asked.by, comment);
      return ok(says, details);
    },
  };
}

function ofCluster(name: 'clusterHint' | 'clusterAlias') {
  return (asked: Asked, { controller }: Served): Meant => {
    const cluster = asked.cluster(controller, name);
    return {
      what: { kind: 'cluster', cluster },
      says: 'Acknowledged cluster recoveries',
      details: cluster.name,
    };
  };
}

function ofInstance(asked: Asked, { controller }: Served): Meant {
  const { key } = asked.instance(controller);
  return {
    what: { kind: 'instance', instance: key },
    says: 'Acknowledged instance recoveries',
    details: keyShape(key),
  };
}

async function byNumber(asked: Asked, { controller }: Served): Promise<Meant> {
  const id = asked.number('recoveryId');
  const runs = await controller.view.journal.list({
    workflow: [...actingNames, orchestratorRecovery],
    limit: lookedAt,
  });
  const run = runs.find(({ opening }) => numberOf(opening.uid) === id);
  if (run === undefined) throw new BatonError('run-unknown', `there is no recovery ${id} in the journal`);
  return {
    what: { kind: 'recovery', name: run.opening.uid },
    says: 'Acknowledged recovery',
    details: String(id),
  };
}

function byUid(asked: Asked): Meant {
  const uid = asked.param('uid');
  return { what: { kind: 'recovery', name: uid }, says: 'Acknowledged recovery', details: uid };
}

function everything(asked: Asked): Meant {
  return { what: { kind: 'all' }, says: 'Acknowledged all recoveries', details: asked.query('comment') };
}

import { isTakenOver, takeover } from '../../../workflows/takeover.ts';
import { answered, asked, ordered, ordering } from '../points.ts';
import type { Stage } from '../stage.ts';
import { asker, type Kind, never, nothing, successorOf, vetoing } from './kind.ts';

/** A person wants another primary, and it goes as planned or not. */
export function planned(wish: (stage: Stage) => object): Kind {
  return {
    workflow: takeover,
    flavours: ['mariadb', 'mysql'],
    config: () => ({}),
    arrange: nothing,
    provoke: (stage, daemon) =>
      daemon.post(`/baton/v1/clusters/${stage.primary}/takeover`, { ...asker, ...wish(stage) }),
    afterwards: nothing,
    redress: nothing,
    comeBack: (stage) => stage.sql(stage.primary, 'SET GLOBAL read_only = 0'),
    apart: () => [],
    primaryAfter: ({ state, output }) => (isTakenOver(state) ? successorOf(output) : null),
    ends: {
      'all well': ['takenOver'],
      'a pre-hook vetoes': ['putBack'],
      // One that was told to take writes and cannot be asked keeps the old primary from taking them again.
      'the candidate dies': ['refused', 'putBack', 'failed', 'takenOver'],
      // One that is dead cannot be put back.
      'a replica dies': ['refused', 'putBack', 'failed', 'takenOver'],
      'the controller is killed': ['takenOver'],
      'the old primary comes back writable': ['putBack', 'takenOver'],
    },
    strikes: {
      'all well': never,
      'a pre-hook vetoes': never,
      'the candidate dies': {
        early: answered('check', successorOf),
        middle: ordering('promote'),
        late: ordered('promote'),
      },
      'a replica dies': {
        early: ordering('stopReceiving'),
        middle: ordering('follow'),
        late: ordered('follow'),
      },
      'the controller is killed': {
        early: ordering('follow'),
        middle: ordered('setReadOnly'),
        late: asked('repoint'),
      },
      'the old primary comes back writable': {
        early: asked('promote'),
        middle: asked('repoint'),
        late: asked('postTakeoverHooks'),
      },
    },
    detours: {
      verify: null,
      undo: { config: vetoing, ends: ['putBack'] },
      postUnsuccessfulHooks: { config: vetoing, ends: ['putBack'] },
    },
  };
}

import { hostname } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import type { Config } from '../../config/keys.ts';
import { spawnerOptionsOf } from '../../controller/hooks-of-config.ts';
import type { ClusterReport } from '../../controller/reports.ts';
import { systemChance, systemClock } from '../../controller/system.ts';
import type { HookStage } from '../../engine/record.ts';
import { withPrivateSpawner } from '../../hooks/private-spawner.ts';
import { rehearsalFacts, type RehearsedCluster } from '../../hooks/rehearsal/facts.ts';
import { leftProcesses } from '../../hooks/rehearsal/left-processes.ts';
import { rehearse } from '../../hooks/rehearsal/rehearse.ts';
import { rehearsed } from '../../hooks/rehearsal/rehearsed.ts';
import type { RehearsedHook } from '../../hooks/rehearsal/seen.ts';
import { type HookVerdict, worstOf } from '../../hooks/rehearsal/verdict.ts';
import { renderStage } from '../../hooks/render.ts';
import { hookSettingsOf } from '../../hooks/settings.ts';
import { BatonError } from '../../kernel/errors.ts';
import { makeUid } from '../../kernel/uid.ts';
import { daemonOf } from '../daemon.ts';
import { paintFor } from '../paint.ts';
import { clusterNamed } from '../rehearsal/cluster.ts';
import { reportOf } from '../rehearsal/report.ts';
import { stageNamed } from '../rehearsal/stage-named.ts';
import type { Leave, Terminal } from '../terminal.ts';
import { usableConfig } from '../usable-config.ts';

interface Words {
  readonly config?: string;
  readonly cluster?: string;
  /** From 1. */
  readonly hook?: number;
  readonly json?: true;
}

/** `baton hooks test STAGE...`: runs hooks for real when there is no emergency, and says how they behave. */
export function hooksTestCommand(terminal: Terminal, leave: Leave): Command {
  return new Command('test')
    .description(
      'Run the hooks of stages for real, told that it is a rehearsal, and say how they behave: exit 0 well, 1 not.',
    )
    .argument('<stage...>', 'such as PreFailoverProcesses, or PreFailover')
    .option(
      '--cluster <name>',
      'tell them of this cluster of the running controller, in place of a made-up one',
    )
    .option('--hook <n>', 'only this one of the stage, from 1', readNumber)
    .option('--config <file>', 'read this file only, in place of the usual ones')
    .option('--json', 'answer in JSON')
    .exitOverride()
    .action(async (written: readonly string[], words: Words) => {
      const stages = [...new Set(written.map(stageNamed))];
      const { config } = await usableConfig(words.config);
      const cluster = await clusterOf(words);
      const uid = makeUid(systemClock, systemChance);
      const hooks = stages.flatMap((stage) => hooksAt(stage, config, cluster, uid));
      const chosen = words.hook === undefined ? hooks : [onlyOne(hooks, stages, words.hook)];
      terminal.say(warningFor(stages, chosen, cluster));
      const verdicts = await rehearseAll({ config, uid }, chosen, (verdict) => {
        if (!words.json) terminal.print(reportOf(verdict, paintFor(terminal)));
      });
      const verdict = worstOf(verdicts.map((one) => one.verdict));
      if (words.json) terminal.print(JSON.stringify({ rehearsal: true, verdict, hooks: verdicts }, null, 2));
      leave(verdict === 'ok' ? 0 : 1);
    });
}

async function clusterOf({ cluster, config }: Words): Promise<RehearsedCluster | undefined> {
  if (cluster === undefined) return undefined;
  const clusters = await (await daemonOf(config)).get('/baton/v1/clusters');
  return clusterNamed(cluster, clusters as readonly ClusterReport[]);
}

function hooksAt(
  stage: HookStage,
  config: Config,
  cluster: RehearsedCluster | undefined,
  recoveryUid: string,
): readonly RehearsedHook[] {
  const facts = { ...rehearsalFacts(stage, cluster), recoveryUid, orchestratorHost: hostname() };
  const hooks = renderStage(stage, config[stage], facts, hookSettingsOf(config));
  return hooks.map((hook, index) => ({ stage, index, of: hooks.length, hook: rehearsed(hook) }));
}

function onlyOne(
  hooks: readonly RehearsedHook[],
  stages: readonly HookStage[],
  number: number,
): RehearsedHook {
  const [stage, ...others] = stages;
  if (others.length > 0)
    throw new BatonError('usage', '--hook wants one stage, so that it is clear whose hook is meant');
  const found = hooks[number - 1];
  if (found === undefined)
    throw new BatonError('usage', `${stage} has ${hooks.length} hooks; there is no hook ${number}`);
  return found;
}

/** Said before anything runs. */
function warningFor(
  stages: readonly HookStage[],
  chosen: readonly RehearsedHook[],
  cluster: RehearsedCluster | undefined,
): string {
  const empty = stages.filter((stage) => chosen.every((one) => one.stage !== stage));
  const none = empty.map((stage) => `${stage} has no hooks.`);
  if (chosen.length === 0) return none.join('\n');
  const about =
    cluster === undefined
      ? 'They are told of servers that nobody has.'
      : `They are told that a server of cluster ${cluster.alias} has died, which is IN SERVICE.`;
  const warning = `These hooks really run, up to three times each. ${about} Only BATON_REHEARSAL=1 in their environment tells them that there is no emergency.`;
  return [...none, warning].join('\n');
}

/** Runs them one after another. Interrupted, it ends the hook that runs and rejects. */
async function rehearseAll(
  { config, uid }: { config: Config; uid: string },
  hooks: readonly RehearsedHook[],
  judged: (verdict: HookVerdict) => void,
): Promise<readonly HookVerdict[]> {
  const stopping = new AbortController();
  const stop = () =>
    stopping.abort(new Error('the rehearsal was interrupted, and the hook that ran was ended'));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    return await withPrivateSpawner(spawnerOptionsOf(config), async (runner) => {
      const stageTimeoutSeconds = config.HookStageTimeoutSeconds;
      const world = { runner, clock: systemClock, leftBy: leftProcesses, stageTimeoutSeconds, uid };
      const verdicts: HookVerdict[] = [];
      for (const hook of hooks) {
        const verdict = await rehearse(world, hook, stopping.signal);
        judged(verdict);
        verdicts.push(verdict);
      }
      return verdicts;
    });
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

function readNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new InvalidArgumentError('It is a whole number from 1 on.');
}

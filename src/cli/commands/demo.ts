import { join } from 'node:path';
import { Command, Option } from 'commander';
import { BatonError } from '../../kernel/errors.ts';
import { demoReport } from '../demo/report.ts';
import { type DemoStage, killThePrimary, setTheStage, strikeTheStage } from '../demo/stage-demo.ts';
import type { Leave, Terminal } from '../terminal.ts';

/** The same story without servers, for machines that can have none; it comes from the simulation. */
export type ToldDemo = () => AsyncIterable<string>;

/** `baton demo`: three private servers, one kill -9, and what Baton makes of it. */
export function demoCommand(terminal: Terminal, leave: Leave, toldDemo: ToldDemo): Command {
  return new Command('demo')
    .description('Start three private servers, kill the primary under load, and watch it being recovered.')
    .option('--keep', 'leave servers and controller running, and say how to look at them')
    .addOption(new Option('--simulated', 'tell the story on pretended servers').conflicts('json'))
    .option('--json', 'answer with the report in JSON')
    .exitOverride()
    .action(async ({ keep, simulated, json }: { keep?: true; simulated?: true; json?: true }) => {
      const stopping = new AbortController();
      const stop = () => stopping.abort(new Error('the demo was interrupted; what it started is down again'));
      process.once('SIGINT', stop).once('SIGTERM', stop);
      let stage: DemoStage | null = null;
      try {
        if (simulated) return leave(await simulate(terminal, toldDemo));
        stage = await setTheStage(
          { semiSync: false, config: hooksThatNote },
          (line) => terminal.say(line),
          stopping.signal,
        );
        const result = await killThePrimary(stage, (line) => terminal.say(line), stopping.signal);
        terminal.say('');
        terminal.print(json ? JSON.stringify(result, null, 2) : demoReport(result));
        if (keep) terminal.print(howToLook(stage));
        leave(result.story.recovery.state === 'recovered' ? 0 : 1);
      } catch (error) {
        if (stopping.signal.aborted) throw stopping.signal.reason;
        if (json || !(error instanceof BatonError) || error.code !== 'packages-unavailable') throw error;
        terminal.say(`${error.message} Here is the same story on pretended servers:`);
        leave(await simulate(terminal, toldDemo));
      } finally {
        process.off('SIGINT', stop).off('SIGTERM', stop);
        if (stage !== null && (!keep || stopping.signal.aborted)) await strikeTheStage(stage);
      }
    });
}

/** A hook for each stage of a failover, which writes down what it was told. */
function hooksThatNote(directory: string) {
  const note = (text: string) => [`echo "${text}" >> ${join(directory, 'hooks.log')}`];
  return {
    OnFailureDetectionProcesses: note(
      'detected {failureType} of {failedHost}:{failedPort}, {countReplicas} replicas',
    ),
    PreFailoverProcesses: note('will recover {failureClusterAlias}'),
    PostMasterFailoverProcesses: note('{successorHost}:{successorPort} is the primary now'),
    PostFailoverProcesses: note('recovered {failureType}, lost replicas: {countLostReplicas}'),
    PostUnsuccessfulFailoverProcesses: note('could not recover {failureType}'),
  };
}

async function simulate(terminal: Terminal, toldDemo: ToldDemo): Promise<0> {
  for await (const line of toldDemo()) terminal.print(line);
  return 0;
}

function howToLook({ configFile, directory, controller }: DemoStage): string {
  return [
    '',
    'Everything is left running:',
    `  npx baton topology --config ${configFile}`,
    `  npx baton recoveries --config ${configFile}`,
    `  npx baton sandbox status --directory ${directory}`,
    `  tail -f ${controller.logFile}`,
    'and ends with:',
    `  kill ${controller.pid} && npx baton sandbox down --directory ${directory}`,
  ].join('\n');
}

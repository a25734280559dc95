import { substitute, type Value, type Values } from '../../../src/hooks/quoting/substitute.ts';

/** The one word of most of these tests: chosen by whoever names the servers, in a variable of its own. */
export function alias(text: string): Values {
  return new Map<string, Value>([
    ['alias', { text, variable: 'ORC_FAILURE_CLUSTER_ALIAS', from: 'field' }],
    ['port', { text: '3306', variable: 'ORC_FAILED_PORT', from: 'instance' }],
    ['hosts', { text: '[::1]:3307,db2:3306', variable: 'ORC_REPLICA_HOSTS', from: 'instance' }],
    ['description', { text: 'Master cannot be reached', variable: 'ORC_FAILURE_DESCRIPTION', from: 'baton' }],
  ]);
}

/** The script, or the refusal behind the word `refused:`. */
export function filled(command: string, text: string): string {
  const substituted = substitute(command, alias(text));
  return 'script' in substituted ? substituted.script : `refused: ${substituted.refused}`;
}

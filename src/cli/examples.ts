import type { Command } from 'commander';

/** A way to use a command, without `baton` before it, where what it wants does not say it already. */
const examples: Readonly<Record<string, string>> = {
  run: 'run --config /etc/baton.json',
  topology: 'topology shop',
  analyse: 'analyse --json',
  explain: 'explain shop',
  readiness: 'readiness shop',
  suggest: 'suggest shop',
  audit: 'audit db1:3306 --limit 50',
  recoveries: 'recoveries --kind takeover --limit 5',
  recovery: "recovery 4af19c --acknowledge 'disk replaced'",
  approve: "approve 4af19c --skip --why 'the virtual IP has moved'",
  cancel: "cancel 4af19c --why 'the switch was rebooted'",
  'acknowledge recovery': "acknowledge recovery 4af19c --why 'seen'",
  'acknowledge instance': "acknowledge instance db1:3306 --why 'seen'",
  'acknowledge cluster': "acknowledge cluster shop --why 'seen'",
  'acknowledge all': "acknowledge all --why 'after the drill'",
  'acknowledge brake': "acknowledge brake --why 'the network is back'",
  takeover: "takeover shop --to db2:3306 --why 'new kernel' --dry-run",
  recover: "recover db1:3306 --why 'it will not come back'",
  'force-failover': "force-failover shop --why 'its disk fails' --dry-run",
  'force-takeover': "force-takeover shop --to db2:3306 --why 'the rack loses power'",
  rejoin: "rejoin db1:3306 --why 'new disk'",
  split: "split db1:3306 --why 'it is a test server now'",
  publish: 'publish shop --dry-run',
  'disable-recoveries': "disable-recoveries --why 'network work'",
  'enable-recoveries': "enable-recoveries --why 'the network is back'",
  downtime: "downtime db4:3306 --for 2h --why 'new kernel'",
  maintenance: "maintenance db4:3306 --for 30m --why 'new kernel'",
  discover: 'discover db5:3306',
  forget: 'forget db5:3306 --dry-run',
  'forget-cluster': 'forget-cluster shop',
  alias: 'alias db1:3306 shop',
  candidate: 'candidate db2:3306 prefer',
  tag: 'tag db2:3306 role=backup',
  untag: 'untag db2:3306 role',
  'untag-all': 'untag-all role=backup',
  tags: "tags 'role=backup'",
  pool: 'pool readers db2:3306 db3:3306',
  pools: 'pools shop --pool readers',
  relocate: 'relocate db3:3306 --below db2:3306',
  'relocate-replicas': 'relocate-replicas db2:3306 --below db1:3306',
  repoint: 'repoint db3:3306 --below db1:3306',
  'move-below': 'move-below db3:3306 --below db2:3306',
  'make-co-master': 'make-co-master db2:3306 --dry-run',
  'set-writeable': 'set-writeable db3:3306 --dry-run',
  'reset-replica': 'reset-replica db3:3306 --dry-run',
  'delay-replication': 'delay-replication db3:3306 --seconds 3600',
  'purge-binary-logs': 'purge-binary-logs db1:3306 --before mysql-bin.000042',
  'kill-query': 'kill-query db1:3306 --connection 4711',
  'gtid-errant-inject-empty': 'gtid-errant-inject-empty db3:3306 --dry-run',
  'gtid-errant-reset-master': 'gtid-errant-reset-master db3:3306 --dry-run',
  doctor: 'doctor --config /etc/baton.json',
  'config check': 'config check --config orchestrator.conf.json',
  'config show': 'config show --json',
  'config keys': 'config keys --all',
  completion: 'completion bash > /etc/bash_completion.d/baton',
  token: 'token grafana --role view',
  'journal export': 'journal export --since 2026-11-01',
  'journal import': 'journal import journal.jsonl',
  'journal backup': 'journal backup /backup/baton.sqlite',
  'hooks test': 'hooks test PreFailover --cluster shop',
  import: 'import --from mysql://orchestrator@db0:3306/orchestrator --apply',
  'pacemaker decode': 'pacemaker decode message.xml --reading crm_mon',
  'pacemaker watch': 'pacemaker watch --from remote --config /etc/baton.json',
  'pacemaker agent': 'pacemaker agent --spool /var/spool/baton',
  'pacemaker monitor':
    'pacemaker monitor --from spool --spool /var/spool/baton --external-agent /opt/agent --external-recipient ops',
  'pacemaker install-agent': 'pacemaker install-agent /etc/baton/pacemaker-agent --spool /var/spool/baton',
  'cl-status': 'cl-status listhblinks db2',
  'heartbeat run': 'heartbeat run --ha-cf /etc/ha.d/ha.cf --authkeys /etc/ha.d/authkeys',
  'heartbeat decode': 'heartbeat decode packets.hex --authkeys /etc/ha.d/authkeys',
  'heartbeat send':
    'heartbeat send --node db1 --authkeys /etc/ha.d/authkeys --to 10.0.0.2:694 t=ip-request ipaddr=mysql::shop',
  'vrrp when': 'vrrp when /etc/keepalived/keepalived.conf',
  'vrrp simulate': 'vrrp simulate --conf A=a.conf --conf B=b.conf --faults faults.txt --scripts',
  'vrrp run': 'vrrp run --conf A=a.conf --conf B=b.conf --ledger calls.jsonl',
  'vrrp lint': 'vrrp lint /etc/keepalived/keepalived.conf',
  'vrrp config': 'vrrp config --interface eth0 --address 10.0.0.100/24',
  'vrrp watch': 'vrrp watch /run/baton/vrrp.fifo --conf /etc/keepalived/keepalived.conf',
  'vrrp notify': 'vrrp notify /usr/local/lib/baton-vrrp-notify --fifo /run/baton/vrrp.fifo',
  'sandbox up': 'sandbox up --flavour mysql --servers 3',
  'sandbox kill': 'sandbox kill 13306',
  'sandbox freeze': 'sandbox freeze 13306',
  'sandbox thaw': 'sandbox thaw 13306',
  'sandbox restart': 'sandbox restart 13306',
  'sandbox sql': "sandbox sql 13306 'SHOW REPLICA STATUS'",
  dev: 'dev --instances 100 --listen 127.0.0.1:3001',
  demo: 'demo --simulated',
};

/** Shows its example beneath the help of each command. */
export function showExamples(program: Command): void {
  for (const [path, command] of leavesOf(program)) {
    command.addHelpText('after', `\nExample:\n  baton ${exampleOf(path, command)}`);
  }
}

/** One way to use a command that does something, for its help and the manual, without `baton` before it. */
export function exampleOf(path: string, command: Command): string {
  const written = examples[path];
  if (written !== undefined) return written;
  const words = command.registeredArguments.flatMap((one) => (one.required ? [wordFor(one.name())] : []));
  const options = command.options.flatMap(({ mandatory, long, flags, argChoices }) => {
    if (!mandatory) return [];
    const [, name] = /<(.+)>/.exec(flags) ?? [];
    return [long ?? '', ...(name === undefined ? [] : [argChoices?.[0] ?? wordFor(name)])];
  });
  return [path, ...words, ...options].join(' ');
}

function wordFor(name: string): string {
  const known: Readonly<Record<string, string>> = {
    instance: 'db3:3306',
    cluster: 'shop',
    text: "'new disk'",
    seconds: '3600',
  };
  return known[name] ?? name.toUpperCase();
}

/** The paths that an example is written for. */
export const exampled: readonly string[] = Object.keys(examples);

/** The commands that do something, by their words after `baton`. */
export function leavesOf(program: Command): readonly (readonly [string, Command])[] {
  const visible = new Set(program.createHelp().visibleCommands(program));
  return program.commands
    .filter((command) => visible.has(command))
    .flatMap((command) => {
      const name = command.name();
      if (command.commands.length === 0) return [[name, command] as const];
      return leavesOf(command).map(([path, leaf]) => [`${name} ${path}`, leaf] as const);
    });
}

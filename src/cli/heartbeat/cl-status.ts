import type { HeartbeatState } from '../../signals/heartbeat/state-folder.ts';

/** What cl_status (3.0.6) writes and ends with: 0 yes, 1 no, 11 a wrong parameter, 13 what is not known. */
export interface ClAnswer {
  readonly exit: 0 | 1 | 11 | 13;
  /** Lines of standard output. */
  readonly print: readonly string[];
  /** Lines of standard error, without the time before them. */
  readonly say: readonly string[];
}

type Member = HeartbeatState['members'][number];

interface Asked {
  readonly state: HeartbeatState;
  readonly flags: ReadonlySet<string>;
  readonly words: readonly string[];
}

const commands: Readonly<Record<string, (asked: Asked) => ClAnswer>> = {
  hbstatus: ({ state, flags }) =>
    yes(
      ...(flags.has('v')
        ? [`version:\t${state.version}`, 'managed by:\t"haresources"', ...listed(state.members)]
        : ['Heartbeat is running on this machine.']),
    ),
  listnodes: ({ state, flags }) => {
    const kind = flags.has('p') ? 'ping' : flags.has('n') ? 'normal' : null;
    const members = state.members.filter((one) => kind === null || one.kind === kind);
    if (flags.has('v')) return yes(...listed(members));
    const names = ordered(members).map(({ node }) => node);
    return yes(
      ...(flags.has('m') ? ['The nodes are as follow:'] : []),
      ...(names.length === 0 ? [''] : names),
    );
  },
  nodestatus: ({ state, flags, words: [node] }) => {
    if (node === undefined) return wrong('Not enough parameters.');
    const member = memberOf(state, node);
    if (member === null) return wrong('Error. May be due to incorrect node name');
    const line = flags.has('m') ? `The cluster node ${node} is ${member.state}` : member.state;
    return { exit: member.state === 'dead' || member.state === 'init' ? 1 : 0, print: [line], say: [] };
  },
  nodetype: ({ state, words: [node] }) => {
    if (node === undefined) return wrong('No enough parameter.');
    const member = memberOf(state, node);
    return member === null ? wrong('Error. May be due to incorrect node name') : yes(member.kind);
  },
  nodeweight: (asked) => ofMember(asked, '100'),
  nodesite: (asked) => ofMember(asked, ''),
  listhblinks: ({ state, flags, words: [node] }) => {
    if (node === undefined) return wrong('No enough parameter.');
    const member = memberOf(state, node);
    if (member === null) return unknown('Cannot start heartbeat link interface walk.', 'EINVAL');
    const head = flags.has('m') ? ['\tthis node has the following heartbeat links:'] : [];
    return yes(...head, ...linksOf(member).map((one) => linkLine(one, flags.has('v'))));
  },
  hblinkstatus: ({ state, flags, words: [node, link] }) => {
    if (node === undefined || link === undefined) return wrong('No enough parameter.');
    const found = memberOf(state, node)?.links.find((one) => one.link === link);
    if (found === undefined) return unknown('Cannot get heartbeat link status', '');
    const status = found.up ? 'up' : 'dead';
    const line = flags.has('m') ? `The node ${node}'s heartbeat link ${link} is ${status}` : status;
    return { exit: found.up ? 0 : 1, print: [line], say: [] };
  },
  /** As with a daemon that manages no resources (`heartbeat -M`). */
  rscstatus: () =>
    unknown(
      'Cannot get cluster resource status',
      'Resource is managed by crm. Use crm tool to query resource',
    ),
  hbparameter: ({ state, flags, words: [name] }) => {
    if (!flags.has('p') || name === undefined) return wrong('ERROR: parameter name required');
    const value = Object.hasOwn(state.parameters, name) ? state.parameters[name] : undefined;
    if (value !== undefined) return yes(value);
    return { exit: 1, print: [], say: errorLines(`Cannot get parameter ${name}'s value`, '') };
  },
  /** No program is a client of a node of Baton's. */
  clientstatus: ({ state, words: [node, client] }) => {
    if (node === undefined || client === undefined) return wrong('No enough parameter.');
    if (memberOf(state, node) !== null) return { exit: 1, print: ['offline'], say: [] };
    return unknown(`Cannot get heartbeat client ${client}'s status`, 'No timely response.');
  },
};

/** Answers as cl_status does. `state`: null where no node runs. */
export function clStatus(state: HeartbeatState | null, given: readonly string[]): ClAnswer {
  const [name, ...rest] = given;
  if (name === undefined) return wrong('Not enough parameters.');
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) return { exit: 11, print: [], say: [`ERROR: ${name}: invalid sub-command.`] };
  if (state === null)
    return name === 'hbstatus'
      ? { exit: 1, print: ['Heartbeat is stopped on this machine.'], say: [] }
      : {
          exit: 1,
          print: [],
          say: [
            'ERROR: Cannot signon with heartbeat',
            "ERROR: REASON: hb_api_signon: Can't initiate connection  to heartbeat",
          ],
        };
  const flags = new Set(rest.flatMap((word) => (/^-[a-z]+$/.test(word) ? word.slice(1).split('') : [])));
  return command({ state, flags, words: rest.filter((word) => !word.startsWith('-')) });
}

/** The seed's question: whether any link of another node is dead. The reply has two lines. */
export function statusOfLinks(state: HeartbeatState | null): string {
  if (state === null) return 'fail';
  const others = state.members.filter(({ kind, node }) => kind !== 'ping' && node !== state.node);
  return others.some(({ links }) => links.some(({ up }) => !up)) ? 'ok\nhas_dead' : 'ok\ngood';
}

function ofMember({ state, words: [node] }: Asked, line: string): ClAnswer {
  if (node === undefined) return wrong('Not enough parameters.');
  return memberOf(state, node) === null ? wrong('Error. Maybe due to incorrect node name.') : yes(line);
}

function listed(members: readonly Member[]): readonly string[] {
  return ordered(members).flatMap((member) => [
    '',
    `${member.node}\t${member.state}\t(nodetype: ${member.kind})`,
    ...linksOf(member).map((one) => linkLine(one, true)),
  ]);
}

/** The real tool goes backwards through ha.cf, and ends with the pinged ones. */
function ordered(members: readonly Member[]): readonly Member[] {
  const back = members.toReversed();
  return [...back.filter(({ kind }) => kind === 'normal'), ...back.filter(({ kind }) => kind === 'ping')];
}

function linksOf({ links }: Member): Member['links'] {
  return links.toReversed();
}

function linkLine({ link, up }: Member['links'][number], verbose: boolean): string {
  return verbose ? `\t${link}\t${up ? 'up' : 'dead'}` : `\t${link}`;
}

function memberOf({ members }: HeartbeatState, node: string): Member | null {
  return members.find((one) => one.node === node) ?? null;
}

function yes(...print: readonly string[]): ClAnswer {
  return { exit: 0, print, say: [] };
}

function wrong(line: string): ClAnswer {
  return { exit: 11, print: [], say: [line] };
}

function unknown(error: string, reason: string): ClAnswer {
  return { exit: 13, print: [], say: errorLines(error, reason) };
}

function errorLines(error: string, reason: string): readonly string[] {
  return [`ERROR: ${error}`, `ERROR: REASON: ${reason}`];
}

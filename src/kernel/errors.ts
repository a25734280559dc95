/**
 * Every error that reaches a person, by its code. `exit` is the process's exit code (2 wrong usage or
 * configuration, 3 could not reach what was asked for, 1 anything else). `means` and `fix` are what
 * docs/reference/errors.md prints; the message of a thrown error adds which file, key or instance.
 */
export const errorTable = {
  'config-missing': {
    exit: 2,
    means:
      'The configuration file that was named does not exist or cannot be read, or none lies where one is looked for.',
    fix: 'Name an existing file with --config, or put baton.json into the working folder or /etc; the README has the smallest useful one, config.example.json all keys.',
  },
  'config-not-json': {
    exit: 2,
    means: 'The configuration file is not JSON.',
    fix: 'Mend the line and column that the message names; a comma too many before } is the usual cause.',
  },
  'config-invalid': {
    exit: 2,
    means: 'A key of the configuration has a value of the wrong type or an impossible one.',
    fix: 'The message names the key, what it means and what it wants; nothing was started.',
  },
  usage: {
    exit: 2,
    means: 'The command line cannot be understood.',
    fix: 'Run the command with --help.',
  },
  'host-unknown': {
    exit: 3,
    means: 'The name of a server does not resolve to an address.',
    fix: 'Check the spelling and the DNS or /etc/hosts entry of the host on the machine where Baton runs.',
  },
  'access-denied': {
    exit: 3,
    means: 'A server refused the user or the password that Baton presented.',
    fix: 'Check MySQLTopologyUser and MySQLTopologyPassword (or MySQLTopologyCredentialsConfigFile), and the grants on that server.',
  },
  'encryption-failed': {
    exit: 3,
    means:
      'A connection to a server could not be encrypted as the configuration wants it: one side offers no encryption, or its certificate is not to be trusted.',
    fix: 'The message says which it is and what to do; the keys are MySQLTopologyUseMutualTLS, MySQLTopologyUseMixedTLS and MySQLTopologySSL….',
  },
  'server-unreachable': {
    exit: 3,
    means: 'A server does not answer at its address.',
    fix: 'Check that it runs and that the address and port are reachable from the machine where Baton runs.',
  },
  'answer-unreadable': {
    exit: 3,
    means:
      'A server answered what no server of its kind should: values of the wrong type, none at all, or far too many.',
    fix: 'The message names the value. See that a MySQL or MariaDB server listens at that address; Baton acts on nothing that it cannot read.',
  },
  'nothing-to-watch': {
    exit: 3,
    means: 'No discovery seed answered and the inventory is empty, so there is nothing to watch.',
    fix: 'Name at least one reachable server in DiscoverySeeds; where one refuses the account, see that MySQLTopologyUser and MySQLTopologyPassword are what it expects.',
  },
  'act-failed': {
    exit: 1,
    means: 'A server did not do what Baton asked of it.',
    fix: 'The message has the server’s own words; the recovery says what was done about it.',
  },
  'gtid-unreadable': {
    exit: 1,
    means: 'A text that should be a GTID set is none, or was cut off.',
    fix: 'The message shows the item; MariaDB writes 0-1-100, MySQL uuid:1-100 and since 8.3 uuid:tag:1-100.',
  },
  'rows-unreadable': {
    exit: 2,
    means: 'A file of orchestrator’s rows is missing, is not JSON, or lacks something of a row.',
    fix: 'The message names the row and the column; the columns are those of orchestrator’s own tables.',
  },
  'backend-unreadable': {
    exit: 3,
    means: 'The backend of orchestrator that is to be imported cannot be read, or is none.',
    fix: 'Name its SQLite file or mysql://user@host:port/schema with --from, and give the password by BATON_IMPORT_PASSWORD or --password-file; the account needs SELECT on the schema.',
  },
  'cluster-unreachable': {
    exit: 3,
    means:
      'A node of a Pacemaker cluster cannot be followed by its remote port: it does not answer, lets nobody in, or has ended the connection.',
    fix: 'See that remote-tls-port or remote-clear-port is set on the cib of that node and that Pacemaker was restarted since; that Encryption is "anonymous-tls" before Pacemaker 3.0; and that User, usually hacluster, and PacemakerPassword are those that its PAM knows.',
  },
  'message-unreadable': {
    exit: 2,
    means:
      'A notification of Pacemaker’s CIB, or what crm_mon says of its cluster, is missing, is not whole, is none, or is larger or nested deeper than any is.',
    fix: 'The message says what is wrong with it, if need be by line and column; nothing of it was taken for an event. Formats 1 and 2 of its diff are known; a document type or an entity of its own is never read.',
  },
  'vrrp-unreadable': {
    exit: 2,
    means: 'A keepalived.conf, a plan of two routers or a list of faults is missing, or is no such thing.',
    fix: 'The message names the file and what it wants; what keepalived itself would take is always read, and baton vrrp lint says what it does with it.',
  },
  'heartbeat-unreadable': {
    exit: 2,
    means:
      'An ha.cf, authkeys or haresources of Heartbeat, or a file of its packets, is missing or is no such thing.',
    fix: 'The message names the file, and the line where there is one; what the real daemon does not start with Baton does not start with either. authkeys must be open to its owner alone: chmod 600.',
  },
  'heartbeat-link': {
    exit: 3,
    means:
      'A link that ha.cf names cannot be used: its device is not there, or its port is taken or wants more rights.',
    fix: 'See that the device is up and has an IPv4 address. Port 694, which is usual, wants root or CAP_NET_BIND_SERVICE; the real daemon must not run on the same host.',
  },
  'fifo-unusable': {
    exit: 3,
    means: 'The FIFO of a keepalived cannot be read, or keepalived does not say how it stands.',
    fix: 'Make the FIFO with mkfifo before keepalived starts, for the user that reads it, name it in vrrp_notify_fifo, and let one process read it. --pid wants the file that keepalived -r names.',
  },
  'lease-lost': {
    exit: 1,
    means: 'This controller no longer holds the right to act, so it touched nothing more.',
    fix: 'Another controller continues the recovery; see baton recoveries there.',
  },
  'not-leader': {
    exit: 1,
    means: 'Another controller leads, and whatever changes something is asked of the one that leads.',
    fix: 'Ask the controller that the message names; baton leader says who leads.',
  },
  'step-missing': {
    exit: 1,
    means: 'A workflow asked for a step that nobody supplied.',
    fix: 'Supply a function of that name to the engine; this is a programming error.',
  },
  'step-broke-its-word': {
    exit: 1,
    means: 'A step was asked or answered with a value that its schema does not allow.',
    fix: 'This is a programming error; the message names the step and the field.',
  },
  'workflow-invalid': {
    exit: 1,
    means: 'A machine cannot be driven as a workflow.',
    fix: 'The message says which rule of docs/internals/engine.md it breaks.',
  },
  'journal-busy': {
    exit: 2,
    means: 'Another controller uses this state file.',
    fix: 'Stop the other one, or give this one its own StateFile; in this version controllers cannot share their work.',
  },
  'journal-broken': {
    exit: 3,
    means: 'The state file cannot be read or written.',
    fix: 'Check the disk, the permissions and that the file is a Baton state file; a new, empty one may be named by StateFile.',
  },
  'journal-unusable': {
    exit: 1,
    means:
      'A journal cannot be filled with another one: what was exported is not whole or not as it was written, or there is something already where it should go.',
    fix: 'The message says which; nothing was changed. Export it again from the journal itself, and import into a StateFile or an etcd prefix that holds nothing yet, while no controller runs.',
  },
  'etcd-unreachable': {
    exit: 3,
    means:
      'No member of the etcd that controllers share answers, or too few of its members for anything to be written.',
    fix: 'See that etcd has a majority of its members and that Coordination.Endpoints are reachable; nothing is begun until it answers.',
  },
  'cluster-unknown': {
    exit: 2,
    means: 'No cluster that is watched, or more than one, is called so.',
    fix: 'baton topology shows those that are; use an alias, host:port of any instance, or the beginning of an id.',
  },
  'instance-unknown': {
    exit: 2,
    means: 'No instance of that address is watched.',
    fix: 'baton topology shows those that are; an address is host:port, as it is shown there.',
  },
  'cluster-busy': {
    exit: 1,
    means:
      'A recovery or another operation of this cluster is under way, and only one at a time may change it.',
    fix: 'Wait for its end; baton recoveries lists what goes on. Nothing was touched.',
  },
  'run-unknown': {
    exit: 1,
    means: 'There is no recovery or detection of that name in the journal.',
    fix: 'baton recoveries lists those that are.',
  },
  'run-ended': {
    exit: 1,
    means: 'A recovery or detection that has ended was asked to take another record.',
    fix: 'Nothing was written; another controller may have ended it. See baton recoveries.',
  },
  'run-active': {
    exit: 1,
    means: 'A recovery or detection that still goes on was to be acknowledged.',
    fix: 'Wait for its end; until then its cluster is its own.',
  },
  'request-refused': {
    exit: 1,
    means: 'What a person asked for cannot be done, or not now; nothing was touched.',
    fix: 'The message names each thing that speaks against it; baton explain CLUSTER says how the cluster stands.',
  },
  'nothing-asked': {
    exit: 1,
    means: 'A person answered a question that no hook has asked, or whose time is over.',
    fix: 'baton recovery NAME shows what happened; only a hook with OnResume "ask" whose outcome nobody saw waits for a word.',
  },
  'cancel-refused': {
    exit: 1,
    means:
      'A recovery or another change of a cluster was to be cancelled that cannot stop any more, or there is none, or several and none was named.',
    fix: 'The message says what is still to be done, and why; baton recoveries lists what goes on. Nothing was changed by the wish.',
  },
  'rejoin-refused': {
    exit: 1,
    means: 'A server was to rejoin its cluster, or to be split from it, and was not replaced as its primary.',
    fix: 'baton topology marks those that were; any other is repointed by your own means.',
  },
  'not-signed-in': {
    exit: 1,
    means: 'The API wants to know who asks, and was shown nothing or something that it does not know.',
    fix: 'Sign in as AuthenticationMethod says, or with a token of ApiTokens (Authorization: Bearer …); baton token makes one. With UseMutualTLS, show a certificate that SSLCAFile has signed.',
  },
  'not-allowed': {
    exit: 1,
    means: 'Whoever asked may look at this, or not even that, but not do it.',
    fix: 'The message names the role that it needs; a token with that role, or a user of PowerAuthUsers, may. Nothing was touched.',
  },
  'origin-refused': {
    exit: 1,
    means: 'A browser sent this on behalf of a page that is not Baton’s.',
    fix: 'Open Baton’s own page, or ask from a program. Behind a proxy, let it pass Host on and set AuthenticationMethod. Nothing was touched.',
  },
  'too-many-attempts': {
    exit: 1,
    means: 'Too many wrong passwords or tokens came from one address within a minute.',
    fix: 'Wait for as long as the answer says; see that the program there has the right password or token.',
  },
  'too-many-changes': {
    exit: 1,
    means: 'More changes were asked for from one address within ten seconds than are taken.',
    fix: 'Wait for as long as the answer says; see which program there asks again and again.',
  },
  'too-many-streams': {
    exit: 1,
    means: 'So many streams of events are open that no more are begun.',
    fix: 'Close some, or ask for the recoveries from time to time instead.',
  },
  'listen-failed': {
    exit: 2,
    means: 'The API cannot listen where the configuration says, or not with that certificate.',
    fix: 'See which program has that address (ss -ltnp), or name another ListenAddress; the message names the file where it is about one.',
  },
  'daemon-unreachable': {
    exit: 3,
    means: 'No controller answers on the socket beside the state file.',
    fix: 'Start one with baton run --config FILE, or name the right file with --config.',
  },
  sandbox: {
    exit: 1,
    means: 'The private servers of the sandbox could not be started, found or changed.',
    fix: 'The message says what happened; baton sandbox status says how each server is, baton sandbox down ends them all.',
  },
  'sandbox-missing': {
    exit: 3,
    means: 'There is no sandbox in the directory where one was looked for.',
    fix: 'Start one with baton sandbox up, or name its directory with --directory.',
  },
  'packages-unavailable': {
    exit: 3,
    means: 'No database server is installed and none could be fetched from the distribution.',
    fix: 'Install mariadb-server, or give this machine access to a Debian mirror.',
  },
} as const satisfies Record<
  string,
  { readonly exit: 1 | 2 | 3; readonly means: string; readonly fix: string }
>;

export type ErrorCode = keyof typeof errorTable;

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorTable, code);
}

/** An error for a person: the message says what happened to which thing, the code leads to its paragraph. */
export class BatonError extends Error {
  override readonly name = 'BatonError';
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
  get exit(): 1 | 2 | 3 {
    return errorTable[this.code].exit;
  }
  get fix(): string {
    return errorTable[this.code].fix;
  }
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

import { count, flag, integer, needless, notYet, text, texts, used } from '../key.ts';

const agents = needless('Baton knows no orchestrator agents.');
const graphite = notYet('Baton sends no figures to Graphite.');

/** Logs, audit, figures and agents (orchestrator 3.2.6, section 4). */
export const recordKeys = {
  Debug: flag(false, used, 'Say more in the log.'),
  EnableSyslog: flag(
    false,
    notYet('The log goes to standard error, where the service manager takes it up.'),
    'Send the log to syslog too.',
  ),
  AuditLogFile: text(
    '',
    used,
    'A file to which each change that somebody asks for through the API is written, in orchestrator’s format.',
  ),
  AuditToSyslog: flag(false, used, 'Send each change that somebody asks for through the API to syslog.'),
  AuditToBackendDB: flag(
    false,
    needless('The journal is always kept.'),
    'Write each change to the backend database.',
  ),
  AuditPurgeDays: count()(
    7,
    notYet('Changes stand in the journal; JournalRetentionDays says for how long.'),
    'How long changes are kept in the backend database.',
  ),
  GraphiteAddr: text('', graphite, 'The address of Graphite.'),
  GraphitePath: text('', graphite, 'What stands before the names of figures; {hostname} is this machine.'),
  GraphiteConvertHostnameDotsToUnderscores: flag(
    true,
    graphite,
    'Write the dots of host names as underscores.',
  ),
  GraphitePollSeconds: count()(60, graphite, 'How often figures are sent.'),

  ServeAgentsHttp: flag(false, agents, 'Listen for agents.'),
  AgentsServerPort: text(':3001', agents, 'Where agents connect to.'),
  AgentsUseSSL: flag(false, agents, 'Speak TLS with agents.'),
  AgentsUseMutualTLS: flag(false, agents, 'Ask agents for a certificate.'),
  AgentSSLSkipVerify: flag(false, agents, 'Do not check certificates of agents.'),
  AgentSSLPrivateKeyFile: text('', agents, 'The private key shown to agents.'),
  AgentSSLCertFile: text('', agents, 'The certificate shown to agents.'),
  AgentSSLCAFile: text('', agents, 'The authority of agents.'),
  AgentSSLValidOUs: texts([], agents, 'Organizational units of agents.'),
  AgentPollMinutes: count()(60, agents, 'How often agents are asked.'),
  UnseenAgentForgetHours: count()(6, agents, 'After how long an unseen agent is forgotten.'),
  StaleSeedFailMinutes: count()(60, agents, 'After how long without progress a copy has failed.'),
  SeedAcceptableBytesDiff: integer(8192, agents, 'By how much a copy may differ in size.'),
  SeedWaitSecondsBeforeSend: integer(2, agents, 'How long an agent waits before it sends.'),
} as const;

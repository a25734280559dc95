import { count, flag, needless, notYet, secret, text, texts, used } from '../key.ts';

const oauth = needless('orchestrator never let anybody in this way.');
const lasting = needless('A token of ApiTokens holds until it is taken out of the configuration.');

/** The HTTP interface and who may use it (orchestrator 3.2.6, section 4). */
export const httpKeys = {
  ListenAddress: text(
    '',
    used,
    'Where the API listens, as host:port; ":3000" is every address of the machine. Empty for 127.0.0.1:3000, which only this machine reaches, and for none where another program has that; orchestrator’s default was ":3000".',
  ),
  ListenSocket: text('', used, 'A unix socket to listen on in place of ListenAddress.'),
  URLPrefix: text('', used, 'What stands before every path, as /orchestrator.'),
  WebMessage: text('', notYet('The page shows no message.'), 'A message at the top of every page.'),
  HTTPAdvertise: text(
    '',
    used,
    'The address at which other controllers reach the API of this one while it leads, as http://192.0.2.7:3000: who follows hands changes on to it. Empty for what ListenAddress makes of it, and for none where only this machine reaches that.',
  ),
  ReadOnly: flag(
    false,
    used,
    'Let nobody change anything through the API. The socket beside StateFile, which is the command line’s, is not meant.',
  ),
  AuthenticationMethod: text(
    '',
    used,
    'How people sign in to the API. "basic": with HTTPAuthUser and HTTPAuthPassword; "multi": so, and as user readonly with any password to look only; "proxy": a proxy names them in AuthUserHeader; "token": everybody may look, who has one of ApiTokens may do more; "oauth": everybody may look, nobody may do more. Empty, or "none", lets everybody do everything, unless there are ApiTokens. Whoever has one of those may use it in each of these ways.',
  ),
  HTTPAuthUser: text('', used, 'The user of basic sign-in.'),
  HTTPAuthPassword: secret('', used, 'The password of basic sign-in.'),
  AuthUserHeader: text('X-Forwarded-User', used, 'The header in which a proxy names the user.'),
  PowerAuthUsers: texts(['*'], used, 'Users, named by a proxy, who may change something; "*" for all.'),
  PowerAuthGroups: texts(
    [],
    used,
    'Unix groups of this machine whose members, named by a proxy, may change something.',
  ),
  AccessTokenUseExpirySeconds: count()(60, lasting, 'Within how long an access token must be used first.'),
  AccessTokenExpiryMinutes: count()(1440, lasting, 'How long an access token holds.'),
  OAuthClientId: text('', oauth, 'The client id of OAuth.'),
  OAuthClientSecret: secret('', oauth, 'The client secret of OAuth.'),
  OAuthScopes: texts([], oauth, 'The scopes of OAuth.'),
  UseSSL: flag(false, used, 'Serve the API over TLS.'),
  UseMutualTLS: flag(
    false,
    used,
    'Let only those use the API who show a certificate that SSLCAFile has signed.',
  ),
  SSLSkipVerify: flag(
    false,
    needless(
      'Certificates of those who use the API are always checked, as orchestrator did whatever it said.',
    ),
    'Do not check certificates of those who use the API.',
  ),
  SSLPrivateKeyFile: text('', used, 'The private key (PEM) of the API.'),
  SSLCertFile: text('', used, 'The certificate (PEM) of the API.'),
  SSLCAFile: text('', used, 'The authority (PEM) of those who use the API.'),
  SSLValidOUs: texts(
    [],
    used,
    'With UseMutualTLS, organizational units that may use the API; none for all that SSLCAFile has signed.',
  ),
  StatusEndpoint: text('/api/status', used, 'The path of the status for load balancers, behind URLPrefix.'),
  StatusOUVerify: flag(
    false,
    used,
    'With UseMutualTLS, want a certificate of those who ask for the status and for health too.',
  ),
  RemoveTextFromHostnameDisplay: text(
    '',
    notYet('The page shows host names in full.'),
    'A text that pages leave out of host names.',
  ),
} as const;

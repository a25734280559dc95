import { count, flag, missed, needless, notYet, secret, text, texts } from '../key.ts';

const open = missed(
  'Baton’s API asks nobody who they are; keep ListenAddress on this machine or behind a proxy.',
);
const tls = missed('Baton’s API speaks plain HTTP; put it behind a proxy that encrypts.');
const proxied = notYet('It belongs to a way of signing in that Baton does not have.');
const oauth = needless('orchestrator never let anybody in this way.');

/** The HTTP interface and who may use it (orchestrator 3.2.6, section 4). */
export const httpKeys = {
  ListenAddress: text(
    '127.0.0.1:3000',
    notYet('The controller answers on a unix socket beside its state file only.'),
    'Where the API and the page listen, as host:port; ":3000" is every address. orchestrator’s default was ":3000".',
  ),
  ListenSocket: text(
    '',
    notYet('The API listens on ListenAddress.'),
    'A unix socket to listen on in place of ListenAddress.',
  ),
  URLPrefix: text('', notYet('Paths begin at the root.'), 'What stands before every path, as /orchestrator.'),
  WebMessage: text('', notYet('The page shows no message.'), 'A message at the top of every page.'),
  HTTPAdvertise: text(
    '',
    needless('Controllers find each other through Coordination.'),
    'The address at which other controllers reach this one: scheme, host and port.',
  ),
  ReadOnly: flag(
    false,
    missed('Who reaches the API may also act through it.'),
    'Let nobody change anything through the API.',
  ),
  AuthenticationMethod: text(
    '',
    open,
    'How people sign in to the API: basic, multi, proxy, token or oauth; empty lets everybody in.',
  ),
  HTTPAuthUser: text('', proxied, 'The user of basic sign-in.'),
  HTTPAuthPassword: secret('', proxied, 'The password of basic sign-in.'),
  AuthUserHeader: text('X-Forwarded-User', proxied, 'The header in which a proxy names the user.'),
  PowerAuthUsers: texts(['*'], proxied, 'Users, named by a proxy, who may change something; "*" for all.'),
  PowerAuthGroups: texts([], proxied, 'Unix groups whose members may change something.'),
  AccessTokenUseExpirySeconds: count()(60, proxied, 'Within how long an access token must be used first.'),
  AccessTokenExpiryMinutes: count()(1440, proxied, 'How long an access token holds.'),
  OAuthClientId: text('', oauth, 'The client id of OAuth.'),
  OAuthClientSecret: secret('', oauth, 'The client secret of OAuth.'),
  OAuthScopes: texts([], oauth, 'The scopes of OAuth.'),
  UseSSL: flag(false, tls, 'Serve the API over TLS.'),
  UseMutualTLS: flag(false, tls, 'Ask those who use the API for a certificate.'),
  SSLSkipVerify: flag(
    false,
    notYet('The API speaks plain HTTP.'),
    'Do not check certificates of those who use the API.',
  ),
  SSLPrivateKeyFile: text('', notYet('The API speaks plain HTTP.'), 'The private key (PEM) of the API.'),
  SSLCertFile: text('', notYet('The API speaks plain HTTP.'), 'The certificate (PEM) of the API.'),
  SSLCAFile: text('', notYet('The API speaks plain HTTP.'), 'The authority (PEM) of those who use the API.'),
  SSLValidOUs: texts([], notYet('The API speaks plain HTTP.'), 'Organizational units that may use the API.'),
  StatusEndpoint: text(
    '/api/status',
    notYet('The status is at its usual path.'),
    'The path of the status for load balancers.',
  ),
  StatusOUVerify: flag(
    false,
    notYet('The API speaks plain HTTP.'),
    'Check the organizational unit at StatusEndpoint too.',
  ),
  RemoveTextFromHostnameDisplay: text(
    '',
    notYet('The page shows host names in full.'),
    'A text that pages leave out of host names.',
  ),
} as const;

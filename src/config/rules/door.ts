import { sentence } from '../sentence.ts';
import { addressIn } from '../listen-address.ts';
import type { Rule } from './rule.ts';

const listenAddress: Rule = ({ ListenAddress }) => {
  if (ListenAddress === '' || addressIn(ListenAddress) !== null) return {};
  const text = `ListenAddress wants host:port, or :port for every address of the machine; found ${ListenAddress}.`;
  return { sentences: [sentence('error', 'ListenAddress', text)] };
};

const methods = ['', 'none', 'basic', 'multi', 'proxy', 'token', 'oauth'];

/** orchestrator took a word that it did not know for "everybody may", which nobody means. */
const authenticationMethod: Rule = ({ AuthenticationMethod }) => {
  const change = { AuthenticationMethod: AuthenticationMethod.toLowerCase() };
  if (methods.includes(change.AuthenticationMethod)) return { change };
  const text = `AuthenticationMethod wants one of basic, multi, proxy, token, oauth or none; found ${AuthenticationMethod}.`;
  return { sentences: [sentence('error', 'AuthenticationMethod', text)] };
};

/** orchestrator let everybody in where the password was forgotten. */
const passwords: Rule = ({ AuthenticationMethod, HTTPAuthUser, HTTPAuthPassword }) => {
  if (!['basic', 'multi'].includes(AuthenticationMethod.toLowerCase())) return {};
  const missing = [
    ...(HTTPAuthUser === '' ? ['HTTPAuthUser'] : []),
    ...(HTTPAuthPassword === '' ? ['HTTPAuthPassword'] : []),
  ];
  if (missing.length === 0) return {};
  const text = `AuthenticationMethod ${AuthenticationMethod} needs ${missing.join(' and ')} too; nobody could sign in.`;
  return { sentences: [sentence('error', 'AuthenticationMethod', text)] };
};

const tokenNames: Rule = ({ ApiTokens }) => {
  const names = ApiTokens.map(({ Name }) => Name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return {};
  const text = `ApiTokens has two of the name ${twice}; the audit could not tell them apart.`;
  return { sentences: [sentence('error', 'ApiTokens', text)] };
};

const certificates: Rule = ({ UseSSL, UseMutualTLS, SSLCertFile, SSLPrivateKeyFile, SSLCAFile }) => {
  if (UseMutualTLS && !UseSSL) {
    const text = 'UseMutualTLS needs UseSSL too: certificates are shown over TLS only.';
    return { sentences: [sentence('error', 'UseMutualTLS', text)] };
  }
  if (!UseSSL) return {};
  const missing = [
    ...(SSLCertFile === '' ? ['SSLCertFile'] : []),
    ...(SSLPrivateKeyFile === '' ? ['SSLPrivateKeyFile'] : []),
    ...(UseMutualTLS && SSLCAFile === '' ? ['SSLCAFile'] : []),
  ];
  if (missing.length === 0) return {};
  return { sentences: [sentence('error', 'UseSSL', `UseSSL needs ${missing.join(' and ')} too.`)] };
};

/** Who may use the API (orchestrator 3.2.6, section 4, HTTP and auth), where the keys must fit each other. */
export const doorRules: readonly Rule[] = [
  listenAddress,
  authenticationMethod,
  passwords,
  tokenNames,
  certificates,
];

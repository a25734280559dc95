import type { Config } from '../config/keys.ts';
import { addressIn, isLoopback } from '../config/listen-address.ts';

/**
 * Where other controllers reach the API of this one: what HTTPAdvertise says, or what ListenAddress makes of it, with
 * the machine’s name where that is every address (as orchestrator does). Null where only this machine reaches it.
 */
export function advertisedAddress(
  {
    HTTPAdvertise,
    ListenAddress,
    ListenSocket,
    UseSSL,
  }: Pick<Config, 'HTTPAdvertise' | 'ListenAddress' | 'ListenSocket' | 'UseSSL'>,
  machine: string,
): string | null {
  if (HTTPAdvertise !== '') return HTTPAdvertise;
  const address = ListenSocket === '' ? addressIn(ListenAddress) : null;
  if (address === null || isLoopback(address.host)) return null;
  const isEvery = address.host === '' || address.host === '0.0.0.0' || address.host === '::';
  const host = isEvery ? machine : address.host.includes(':') ? `[${address.host}]` : address.host;
  return `${UseSSL ? 'https' : 'http'}://${host}:${address.port}`;
}

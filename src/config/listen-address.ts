/** Where something listens. An empty host is every address of the machine. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** `:3000`, `host:3000`, `[::1]:3000`; null for anything else. */
export function addressIn(text: string): ListenAddress | null {
  const [, bracketed, plain, digits] = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:[\]/]*)):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (digits === undefined || port > 65_535) return null;
  return { host: bracketed ?? plain ?? '', port };
}

/** Whether only this machine reaches it. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

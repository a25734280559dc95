import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { runProgram } from '../../src/process/run-program.ts';

/** Files of authorities and certificates in a folder of their own, made by openssl, gone when the test ends. */
export class Certificates {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<Certificates> {
    const made = new Certificates(await mkdtemp(join(tmpdir(), 'baton-tls-')));
    onTestFinished(() => rm(made.folder, { recursive: true, force: true }));
    for (const name of ['ca', 'other-ca']) await made.#authority(name);
    await made.issue('client', { names: 'DNS:baton' });
    await made.issue('server', { names: 'IP:127.0.0.1' });
    return made;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** `name.pem` and `name.key`, signed by `authority` for the subject alternative `names`. */
  async issue(
    name: string,
    how: { names: string; authority?: string; days?: number; subject?: string },
  ): Promise<void> {
    const { names, authority = 'ca', days = 2, subject = `/CN=${name}` } = how;
    const extensions = this.path(`${name}.ext`);
    await writeFile(extensions, `subjectAltName=${names}\n`);
    await this.#openssl(`req -newkey ${key} -keyout ${name}.key -out ${name}.csr -subj ${subject}`);
    await this.#openssl(
      `x509 -req -in ${name}.csr -CA ${authority}.pem -CAkey ${authority}.key -CAcreateserial -days ${days} -extfile ${extensions} -out ${name}.pem`,
    );
  }

  /** From its next reload on, a server that was started with `serverArguments` shows the certificate of this name. */
  async use(name: string): Promise<void> {
    for (const end of ['pem', 'key']) await copyFile(this.path(`${name}.${end}`), this.path(`used.${end}`));
  }

  get serverArguments(): readonly string[] {
    return [
      `--ssl-ca=${this.path('ca.pem')}`,
      `--ssl-cert=${this.path('used.pem')}`,
      `--ssl-key=${this.path('used.key')}`,
    ];
  }

  #authority(name: string): Promise<void> {
    return this.#openssl(
      `req -x509 -newkey ${key} -keyout ${name}.key -out ${name}.pem -days 2 -subj /CN=${name}`,
    );
  }

  async #openssl(words: string): Promise<void> {
    const { exitCode, stderr } = await runProgram('openssl', words.split(' '), {
      timeoutMs: 20_000,
      cwd: this.folder,
    });
    if (exitCode !== 0) throw new Error(stderr);
  }
}

const key = 'ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes';

import { chmod, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Examination } from '../../src/cli/doctor/examination.ts';
import { builtTwin } from '../../src/process/built.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { flavoursHere } from './flavours.ts';
import { aController, aScene, portOn } from './scene.ts';

const bin = fileURLToPath(builtTwin(new URL('../../src/bin.ts', import.meta.url).href));

async function doctor(configFile: string) {
  const args = [bin, 'doctor', '--json', '--config', configFile];
  const { exitCode, stdout } = await runProgram(process.execPath, args, { timeoutMs: 20_000 });
  const { controller, chapters } = JSON.parse(stdout) as Examination;
  const troubles = chapters.flatMap(({ title, troubles: all }) => all.map((one) => ({ title, ...one })));
  return { exitCode, controller, troubles };
}

const needed = {
  mariadb: 'REPLICATION SLAVE ADMIN, READ ONLY ADMIN',
  mysql: 'REPLICATION_SLAVE_ADMIN, SYSTEM_VARIABLES_ADMIN',
} as const;

describe.each(await flavoursHere())('the doctor on %s', (flavour) => {
  it('says why no server can be asked, names what the account lacks with the statement that gives it, whoever is asked, and then nothing more', async () => {
    const scene = await aScene({ flavour });
    const { configFile } = scene.sandbox;
    await chmod(configFile, 0o640);
    const onAll = async (words: string) => {
      for (const key of scene.keys)
        await scene.sandbox.sql(portOn(scene, key), `SET sql_log_bin = 0; ${words}`);
    };
    const given = JSON.parse(await readFile(scene.sandbox.configFile, 'utf8')) as object;
    const file = `${scene.directory}/other.json`;
    await writeFile(file, JSON.stringify({ ...given, MySQLTopologyPassword: 'wrong' }), { mode: 0o640 });
    const refused = await doctor(file);
    expect(refused.exitCode).toBe(3);
    expect(refused.troubles.find(({ title }) => title === 'Servers')?.text).toContain(
      `${scene.primary} refuses Baton's account`,
    );

    await onAll(`REVOKE ${needed[flavour]} ON *.* FROM 'baton'@'127.0.0.1'`);

    const alone = await doctor(configFile);
    const statement = `GRANT ${needed[flavour]} ON *.* TO 'baton'@'127.0.0.1';`;
    expect(alone).toMatchObject({ exitCode: 1, controller: 'none' });
    expect(alone.troubles.map(({ fix }) => fix)).toEqual([statement]);
    for (const key of scene.keys) expect(alone.troubles[0]?.text).toContain(key);

    await aController(scene, configFile);
    await expect.poll(async () => (await doctor(configFile)).controller, { timeout: 15_000 }).toBe('answers');
    expect((await doctor(configFile)).troubles.map(({ fix }) => fix)).toEqual([statement]);
    await onAll(statement);
    expect(await doctor(configFile)).toEqual({ exitCode: 0, controller: 'answers', troubles: [] });
  });
});

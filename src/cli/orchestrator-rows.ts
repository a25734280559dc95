import { readFile } from 'node:fs/promises';
import { type Config, defaultConfig } from '../config/keys.ts';
import { configPaths, loadConfig, readTextFile } from '../config/load.ts';
import { BatonError, messageOf } from '../kernel/errors.ts';
import { snapshotFromRows } from '../migration/orchestrator-rows.ts';
import type { Snapshot } from '../topology/snapshot.ts';

/** Rows of orchestrator's backend, kept in a file as JSON. */
export async function rowsIn(file: string): Promise<Snapshot> {
  return snapshotFromRows(await readJson(file), file);
}

/** The configuration that is named; where none is, orchestrator's defaults, and no file is looked for. */
export async function configOrDefaults(file: string | undefined): Promise<Config> {
  if (file === undefined) return defaultConfig;
  const request = { paths: configPaths(file), environment: process.env, readText: readTextFile };
  return (await loadConfig(request)).config;
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new BatonError('rows-unreadable', `${file} cannot be read as JSON: ${messageOf(error)}`);
  }
}

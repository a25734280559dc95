import { configPaths, loadConfig, readTextFile } from '../config/load.ts';
import { BatonError } from '../kernel/errors.ts';
import { asWritten, type InstanceKey, parseInstanceKey } from '../kernel/instance-key.ts';

/** How what a person writes names an instance: without a port it has the DefaultInstancePort of this configuration. Throws `usage`. */
export async function instanceNamer(configFile: string | undefined): Promise<(name: string) => InstanceKey> {
  const paths = configPaths(configFile);
  const { config } = await loadConfig({ paths, environment: process.env, readText: readTextFile });
  return (name) => {
    const key = parseInstanceKey(name, config.DefaultInstancePort);
    if (key === null) throw new BatonError('usage', `${asWritten(name)} is no host:port`);
    return key;
  };
}

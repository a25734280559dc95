// `npm run demo`: sets the checkout up, then shows a real failover.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, setUp } from './setup.mjs';

setUp();
const command = [join(root, 'dist', 'src', 'bin.js'), 'demo', ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, command, { stdio: 'inherit' }).status ?? 1;

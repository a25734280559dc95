import { expect, it } from 'vitest';
import { hostRule } from '../../src/signals/nodes.ts';

it('takes a node for the host of what SignalNodes gives it, and of what has its very name where it gives it nothing', () => {
  const isHost = hostRule({ SignalNodes: { N1: ['db1', 'DB2:3307'], n3: [] }, DefaultInstancePort: 3306 });
  expect(isHost('n1', 'db1:3306')).toBe(true);
  expect(isHost('n1', 'db2:3307')).toBe(true);
  expect(isHost('n1', 'db2:3306')).toBe(false);
  expect(isHost('n1', 'n1:3306')).toBe(false);
  expect(isHost('n3', 'n3:3306')).toBe(false);
  expect(isHost('db4', 'DB4:3306')).toBe(true);
  expect(isHost('db4', 'db4.example.com:3306')).toBe(false);
});

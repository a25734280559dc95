import { describe, expect, it } from 'vitest';
import { cloneGates, type CloneFacts } from '../../../src/analysis/gates/clone-gates.ts';

const who = { instance: 'a:1', donor: 'b:1' } as const;
const side = { flavour: 'mysql', version: '9.7.4-2', isActive: true } as const;
const fine: CloneFacts = {
  recipient: { ...side, lacks: [] },
  donor: { ...side, leads: true },
  account: { user: 'repl', mayBackUp: true, because: null },
};

const shut = (facts: CloneFacts, restartedBy: 'nobody' | 'itself' | 'supervisor' = 'itself') =>
  cloneGates(who, facts, restartedBy).flatMap(({ open, because }) => (open ? [] : [because]));

const versions = (one: string, other: string): CloneFacts => ({
  ...fine,
  recipient: { ...fine.recipient, version: one },
  donor: { ...fine.donor, version: other },
});

describe('a clone', () => {
  it('may be made where both are of one series and all that it needs is there', () => {
    expect(shut(fine)).toEqual([]);
    expect(shut(versions('8.0.37', '8.0.42-33'))).toEqual([]);
    expect(shut(versions('8.0.20', '8.0.20-11'))).toEqual([]);
  });

  it.each([
    ['8.0.16', '8.0.16', 'a:1 is older than MySQL 8.0.17'],
    ['8.0.17', '5.7.44-log', 'b:1 is older than MySQL 8.0.17'],
    ['8.0.36', '8.0.37', 'CLONE wants one and the same version before 8.0.37'],
    ['8.0.40', '8.4.6', 'CLONE wants one series'],
    ['9.7.4', '8.4.6', 'CLONE wants one series'],
  ])('of %s and %s is refused', (one, other, words) => {
    expect(shut(versions(one, other)).join()).toContain(words);
  });

  it('of MariaDB is refused with what to set instead', () => {
    const maria = { ...fine.recipient, flavour: 'mariadb', version: '11.8.6-MariaDB' } as const;
    expect(shut({ ...fine, recipient: maria })).toEqual([
      'a:1 is MariaDB, which has no CLONE: set RebuildBy to "command", and a RebuildCommand',
    ]);
  });

  it('is refused with every reason at once', () => {
    const facts: CloneFacts = {
      recipient: { ...side, isActive: false, lacks: ['CLONE_ADMIN'] },
      donor: { ...side, isActive: false, leads: false },
      account: { user: 'repl', mayBackUp: false, because: null },
    };
    expect(shut(facts, 'nobody')).toEqual([
      expect.stringContaining('b:1 replicates from another'),
      "the plugin clone is not active on a:1 and b:1: INSTALL PLUGIN clone SONAME 'mysql_clone.so' there",
      expect.stringContaining('lacks CLONE_ADMIN on a:1'),
      expect.stringContaining('GRANT BACKUP_ADMIN ON *.*'),
      expect.stringContaining('CloneRestartedBy'),
    ]);
  });

  it('is not refused for what nobody could see, but for an account that nobody knows', () => {
    const unseen = { user: 'repl', mayBackUp: null, because: 'b:1 refuses it' };
    expect(shut({ ...fine, account: unseen })).toEqual([]);
    const unknown = { user: '', mayBackUp: null, because: 'nobody knows an account' };
    expect(shut({ ...fine, account: unknown })).toEqual(['nobody knows an account']);
  });
});

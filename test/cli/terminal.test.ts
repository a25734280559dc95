import { expect, it } from 'vitest';
import { withoutCommands } from '../../src/cli/terminal.ts';

it('nothing that is said can move the cursor, clear the screen or type on the terminal', () => {
  expect(withoutCommands('a\u001b[2Jb\u001b]0;title\u0007c\r\u009b5nd\0')).toBe('a�[2Jb�]0;title�c��5nd�');
  expect(withoutCommands('\u001b[31mred\u001b[0m\n\ttabs')).toBe('\u001b[31mred\u001b[0m\n\ttabs');
});

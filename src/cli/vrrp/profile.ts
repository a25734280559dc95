import { Option } from 'commander';

/** Which age of keepalived is meant. */
export function profileOption(): Option {
  return new Option('--profile <age>', '2.x, or 1.2: the age of the documented contract, until 2018')
    .choices(['2.x', '1.2'])
    .default('2.x');
}

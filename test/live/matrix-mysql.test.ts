import { playMatrix } from './matrix-cells.ts';

await playMatrix('mysql');

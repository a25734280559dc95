export { machines } from '../../drawing/machines.ts';

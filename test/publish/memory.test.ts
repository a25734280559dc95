import { memoryPublisher } from '../../src/publish/memory.ts';
import { publisherContract } from './contract.ts';

publisherContract('memory', async () => memoryPublisher());

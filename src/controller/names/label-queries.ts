import type { Config } from '../../config/keys.ts';
import type { Teller } from '../../engine/ports.ts';
import { messageOf } from '../../kernel/errors.ts';
import type { InstanceKey } from '../../kernel/instance-key.ts';
import {
  type Label,
  labelsByName,
  readLabel,
  readPromotionRule,
  readSemiSyncPriority,
  type ToldLabels,
} from './label-values.ts';

/** How long a server has for one query. */
const answerMs = 2_000;

const questions = [
  { key: 'DetectInstanceAliasQuery', label: 'alias', read: readLabel },
  { key: 'DetectDataCenterQuery', label: 'dataCenter', read: readLabel },
  { key: 'DetectRegionQuery', label: 'region', read: readLabel },
  { key: 'DetectPhysicalEnvironmentQuery', label: 'environment', read: readLabel },
  { key: 'DetectPromotionRuleQuery', label: 'promotionRule', read: readPromotionRule },
  { key: 'DetectSemiSyncEnforcedQuery', label: 'semiSyncPriority', read: readSemiSyncPriority },
] as const;

const clusterQuestions = ['DetectClusterAliasQuery', 'DetectClusterDomainQuery'] as const;
type Question = (typeof questions)[number]['key'] | (typeof clusterQuestions)[number];

/** Puts the operator's queries to servers, and says once for each reason that one came to nothing at a server. */
export class LabelQueries {
  readonly #complaints = new Map<string, string>();
  readonly #config: Config;
  readonly #teller: Teller;
  readonly #value: (key: InstanceKey, query: string, timeoutMs: number) => Promise<string | null>;
  readonly #signal: AbortSignal;

  constructor(options: {
    config: Config;
    teller: Teller;
    /** The first column of the first row that a query brings; null for none. */
    value: (key: InstanceKey, query: string, timeoutMs: number) => Promise<string | null>;
    signal: AbortSignal;
  }) {
    this.#config = options.config;
    this.#teller = options.teller;
    this.#value = options.value;
    this.#signal = options.signal;
  }

  get areAny(): boolean {
    return [...questions.map(({ key }) => key), ...clusterQuestions].some((key) => this.#config[key] !== '');
  }

  /** Of labels that were told once, those that a query would still tell. */
  stillAsked(labels: ToldLabels): Partial<ToldLabels> {
    const asked = questions.filter(({ key }) => this.#config[key] !== '');
    return Object.fromEntries(asked.map(({ label }) => [label, labels[label]]));
  }

  /** What the server says of itself now, by its name where it says nothing; without what could not be learned. */
  async ofInstance(key: InstanceKey): Promise<Partial<ToldLabels>> {
    const said: Partial<Record<keyof ToldLabels, string | number | null>> = {};
    const byName = labelsByName(this.#config, key);
    for (const { key: question, label, read } of questions) {
      const text = await this.#answer(key, question, read);
      if (text === null) continue;
      said[label] = label === 'semiSyncPriority' && text !== '' ? Number(text) : text || byName[label];
    }
    // A promotion rule has been read as one.
    return said as Partial<ToldLabels>;
  }

  /** Empty for nothing; null for what could not be learned. */
  async ofCluster(primary: InstanceKey): Promise<{ alias: string | null; domain: string | null }> {
    return {
      alias: await this.#answer(primary, 'DetectClusterAliasQuery', readLabel),
      domain: await this.#answer(primary, 'DetectClusterDomainQuery', readLabel),
    };
  }

  /** What one query gives, empty for nothing; null where it is not set, failed or may not be used. */
  async #answer(
    key: InstanceKey,
    question: Question,
    read: (value: string | null) => Label,
  ): Promise<string | null> {
    const query = this.#config[question];
    if (query === '') return null;
    const label = await this.#value(key, query, answerMs).then(read, (error: unknown) => ({
      fit: false as const,
      because: `was not answered: ${messageOf(error)}`,
    }));
    const complaint = `${key} ${question}`;
    if (label.fit) this.#complaints.delete(complaint);
    else if (this.#complaints.get(complaint) !== label.because && !this.#signal.aborted) {
      this.#complaints.set(complaint, label.because);
      this.#teller.warn(`${question} at ${key} ${label.because}; what was known before holds`, {
        instance: key,
      });
    }
    return label.fit ? label.text : null;
  }
}

import { type Release, usualRelease } from './release.ts';

/** The agent found its resource stopped: of a probe that expects it no more than "as planned". */
export const ocfNotRunning = 7;

type Texts = Readonly<Record<number, string>>;

const since1: Texts = {
  0: 'ok',
  1: 'unknown error',
  2: 'invalid parameter',
  3: 'unimplemented feature',
  4: 'insufficient privileges',
  5: 'not installed',
  6: 'not configured',
  7: 'not running',
  8: 'master',
  9: 'master (failed)',
};
const since2: Texts = {
  ...since1,
  190: 'OCF_DEGRADED',
  191: 'OCF_DEGRADED_MASTER',
  194: 'OCF_SIGNAL',
  195: 'OCF_NOT_SUPPORTED',
  196: 'OCF_PENDING',
  197: 'OCF_CANCELLED',
  198: 'OCF_TIMEOUT',
  199: 'OCF_OTHER_ERROR',
};
const texts: Record<Release, Texts> = {
  '1.1.10': { ...since1, 14: 'status: unknown' },
  '2.0': since2,
  '2.1': {
    ...since1,
    1: 'error',
    8: 'promoted',
    9: 'promoted (failed)',
    190: 'OCF_DEGRADED',
    191: 'promoted (degraded)',
  },
  '3.0': {
    0: 'OK',
    1: 'Error occurred',
    2: 'Invalid parameter',
    3: 'Unimplemented',
    4: 'Insufficient privileges',
    5: 'Not installed',
    6: 'Not configured',
    7: 'Not running',
    8: 'Promoted',
    9: 'Failed in promoted role',
    124: 'Timeout occurred',
    190: 'Service is active but might fail soon',
    191: 'Service is promoted but might fail soon',
    255: 'Error occurred',
  },
};

/** What Pacemaker calls what a resource agent returned (services_ocf_exitcode_str; since 3.0 crm_exit_str). */
export function ocfText(rc: number, release: Release = usualRelease): string {
  return texts[release][rc] ?? unknown(rc, release);
}

function unknown(rc: number, release: Release): string {
  if (release === '1.1.10') return '<unknown>';
  if (release !== '3.0') return 'unknown';
  return rc > 128 && rc < 255 ? 'Interrupted by signal' : 'Unknown exit status';
}

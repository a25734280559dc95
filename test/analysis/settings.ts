import { type AnalysisSettings, analysisSettings } from '../../src/analysis/settings.ts';
import { defaultConfig } from '../../src/config/keys.ts';

/** Analysis as it is without a word in the configuration. */
export const defaultSettings: AnalysisSettings = analysisSettings(defaultConfig);

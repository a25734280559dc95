/**
 * zod would try whether it may make functions of text, and the page's policy forbids it with a complaint. Imported before
 * any schema is made.
 */
declare global {
  var __zod_globalConfig: { jitless?: boolean } | undefined;
}

globalThis.__zod_globalConfig = { ...globalThis.__zod_globalConfig, jitless: true };

export {};

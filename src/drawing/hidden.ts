/** What a hook may have written that is for nobody else: passwords, tokens, keys; by the words that stand before them. */
const secrets: readonly (readonly [RegExp, string])[] = [
  [
    /((?:password|passwd|pwd|secret|token|api[-_]?key|access[-_]?key|credential)s?["']?\s*[=:]\s*)("[^"\n]*"|'[^'\n]*'|[^\s,;&"']+)/gi,
    '$1[hidden]',
  ],
  [/(--(?:password|token|secret)\s+)(\S+)/gi, '$1[hidden]'],
  [/(\bidentified\s+(?:with\s+\S+\s+)?by\s+(?:password\s+)?)('[^'\n]*'|"[^"\n]*")/gi, '$1[hidden]'],
  [/(\b(?:bearer|basic)\s+)([A-Za-z0-9._~+/=-]{8,})/gi, '$1[hidden]'],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]+:)([^\s@/]+)(?=@)/gi, '$1[hidden]'],
  [/(\bMYSQL_PWD=)(\S+)/g, '$1[hidden]'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, '[hidden]'],
];

/** A text without what looks like a secret. A file leaves the house, so that too much is hidden rather than too little. */
export function hidden(text: string): string {
  return secrets.reduce((rest, [shape, instead]) => rest.replace(shape, instead), text);
}

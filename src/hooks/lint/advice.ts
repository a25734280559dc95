/** What to do where no rewriting is certain: how a reader of programs takes data. First row that fits. */
const rows: readonly { readonly who: RegExp; readonly say: (variable: string) => string }[] = [
  {
    who: /^(?:ssh|rsh|mosh)$/,
    say: (name) => `Send it through standard input: printf %s "$${name}" | ssh HOST '… "$(cat)" …'.`,
  },
  {
    who: /^(?:mysql|mariadb|mysqlsh)$/,
    say: (name) =>
      `Give it as base64, which is no SQL: from_base64('$(printf %s "$${name}" | base64 -w0)'), in a statement that takes an expression there.`,
  },
  {
    who: /^psql$/,
    say: (name) =>
      `Give it as a variable: psql -v value="$${name}", and :'value' in the SQL on standard input.`,
  },
  {
    who: /sed$|^(?:ed|ex|vi|vim)$/,
    say: (name) => `It has no way to take data; let awk read ENVIRON["${name}"].`,
  },
  { who: /awk$/, say: (name) => `Let it read ENVIRON["${name}"].` },
  { who: /^(?:python|pypy)/, say: (name) => `Let it read os.environ["${name}"].` },
  { who: /^perl/, say: (name) => `Let it read $ENV{"${name}"}.` },
  { who: /^ruby/, say: (name) => `Let it read ENV["${name}"].` },
  { who: /^(?:node|deno|bun)/, say: (name) => `Let it read process.env["${name}"].` },
  { who: /^php/, say: (name) => `Let it read getenv("${name}").` },
  {
    who: /sh$|^(?:eval|trap)$/,
    say: (name) => `Let the program itself read "$${name}", in single quotes: '… "$${name}" …'.`,
  },
];

/** A sentence. */
export function adviceFor(who: string, variable: string): string {
  const row = rows.find((one) => one.who.test(who));
  return row?.say(variable) ?? `Call a script, which reads "$${variable}" itself.`;
}

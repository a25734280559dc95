import type { Completed, Kind } from './command-tree.ts';

/** A completion for zsh, for a file `_baton` in a folder of `fpath`, or to be sourced. */
export function zshCompletion(tree: readonly Completed[]): string {
  return `#compdef baton
# zsh completion for baton; load it with: source <(baton completion zsh)
_baton_at() {
  commands=() options=() kinds=() more=
  case "$1" in
${tree.map(atCase).join('\n')}
  esac
}

_baton_takes() {
  case "$1" in
${takesCases(tree).join('\n')}
    (*) return 1 ;;
  esac
}

_baton_kind() {
  case "$1" in
    ('one of '*) compadd -- \${=1#one of } ;;
    (file) _files ;;
    (instance|cluster|recovery)
      compadd -- \${(f)"$(baton completion-names $1 $config 2>/dev/null)"}
      ;;
    (*) return 1 ;;
  esac
}

_baton() {
  local at=baton kind word more
  local -i count=1 index
  local -a commands options kinds config
  _baton_at "$at"
  for ((index = 2; index < CURRENT; index++)); do
    word=\${words[index]}
    [[ $word == --config ]] && ((index + 1 < CURRENT)) && config=(--config "\${words[index + 1]}")
    if [[ $word == -* ]]; then
      kind=$(_baton_takes "$at $word") && ((index++))
    elif ((\${commands[(I)\${word}:*]})); then
      at="$at $word"
      _baton_at "$at"
    else
      ((count++))
    fi
  done
  if ((CURRENT > 2)) && kind=$(_baton_takes "$at \${words[CURRENT - 1]}"); then
    _baton_kind "$kind"
  elif [[ \${words[CURRENT]} == -* ]]; then
    _describe -o option options
  elif ((\${#commands})); then
    _describe command commands
  else
    ((count > \${#kinds})) && [[ -n $more ]] && count=\${#kinds}
    _baton_kind "\${kinds[count]}"
  fi
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _baton "$@"
else
  compdef _baton baton
fi
`;
}

function atCase({ path, commands, options, words, variadic }: Completed): string {
  const described = (name: string, says: string) => quoted(`${name}:${says.replaceAll(':', '\\:')}`);
  const said = [
    `commands=(${commands.map(({ name, says }) => described(name, says)).join(' ')})`,
    `options=(${options.flatMap(({ flags, says }) => flags.map((flag) => described(flag, says))).join(' ')})`,
    `kinds=(${words.map((kind) => quoted(coded(kind))).join(' ')})`,
    ...(variadic ? ['more=yes'] : []),
  ];
  return `    ('${path}') ${said.join('; ')} ;;`;
}

function takesCases(tree: readonly Completed[]): readonly string[] {
  return tree.flatMap(({ path, options }) =>
    options.flatMap(({ flags, takes }) =>
      takes === null
        ? []
        : [
            `    (${flags.map((flag) => quoted(`${path} ${flag}`)).join('|')}) echo ${quoted(coded(takes))} ;;`,
          ],
    ),
  );
}

function coded(kind: Kind): string {
  return typeof kind === 'string' ? kind : `one of ${kind.join(' ')}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

import type { Completed, Kind } from './command-tree.ts';

/** A completion for bash 4.2 and later, which stands alone. */
export function bashCompletion(tree: readonly Completed[]): string {
  return `# bash completion for baton; load it with: source <(baton completion bash)
_baton_at() {
  commands= options= words=() more=
  case "$1" in
${tree.map(atCase).join('\n')}
  esac
}

_baton_takes() {
  case "$1" in
${takesCases(tree).join('\n')}
    *) return 1 ;;
  esac
}

_baton() {
  local line=\${COMP_LINE:0:COMP_POINT} at=baton count=0 kind= index commands options more
  local -a typed words
  read -ra typed <<<"$line"
  [[ $line == *[[:space:]] ]] && typed+=('')
  local last=$((\${#typed[@]} - 1)) config=()
  local current=\${typed[last]}
  _baton_at "$at"
  for ((index = 1; index < last; index++)); do
    local word=\${typed[index]}
    [[ $word == --config && index+1 -lt last ]] && config=(--config "\${typed[index + 1]}")
    if [[ $word == -* ]]; then
      kind=$(_baton_takes "$at $word") && ((index++))
      continue
    fi
    if [[ " $commands " == *" $word "* ]]; then
      at="$at $word"
      _baton_at "$at"
    else
      ((count++))
    fi
  done
  if ! kind=$(_baton_takes "$at \${typed[last - 1]}"); then
    if [[ $current == -* ]]; then
      kind="one of $options"
    elif [[ -n $commands ]]; then
      kind="one of $commands"
    else
      ((count >= \${#words[@]} && \${#words[@]} > 0)) && [[ -n $more ]] && count=$((\${#words[@]} - 1))
      kind=\${words[count]}
    fi
  fi
  COMPREPLY=()
  case "$kind" in
    'one of '*) COMPREPLY=($(compgen -W "\${kind#one of }" -- "$current")) ;;
    file) COMPREPLY=($(compgen -f -- "$current")) ;;
    instance | cluster | recovery)
      COMPREPLY=($(compgen -W "$(baton completion-names "$kind" "\${config[@]}" 2>/dev/null)" -- "$current"))
      ;;
  esac
  # bash takes a colon for the end of a word, and so what stands before one is on the line already.
  if [[ $COMP_WORDBREAKS == *:* && $current == *:* ]]; then
    local head=\${current%"\${current##*:}"}
    COMPREPLY=("\${COMPREPLY[@]#"$head"}")
  fi
}

complete -o filenames -o bashdefault -F _baton baton
`;
}

function atCase({ path, commands, options, words, variadic }: Completed): string {
  const said = [
    `commands='${commands.map(({ name }) => name).join(' ')}'`,
    `options='${options.flatMap(({ flags }) => flags).join(' ')}'`,
    `words=(${words.map((kind) => `'${coded(kind)}'`).join(' ')})`,
    ...(variadic ? ['more=yes'] : []),
  ];
  return `    '${path}') ${said.join(' ')} ;;`;
}

function takesCases(tree: readonly Completed[]): readonly string[] {
  return tree.flatMap(({ path, options }) =>
    options.flatMap(({ flags, takes }) =>
      takes === null
        ? []
        : [`    ${flags.map((flag) => `'${path} ${flag}'`).join(' | ')}) echo '${coded(takes)}' ;;`],
    ),
  );
}

function coded(kind: Kind): string {
  return typeof kind === 'string' ? kind : `one of ${kind.join(' ')}`;
}

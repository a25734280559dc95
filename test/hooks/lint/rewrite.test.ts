import { describe, expect, it } from 'vitest';
import { rewriteSafely } from '../../../src/hooks/lint/rewrite/rewrite.ts';
import { alias } from '../quoting/values.ts';

const worst = alias(`'"$(x)\``);
const rewritten = (command: string) => rewriteSafely(command, worst);
const ref = '"${ORC_FAILURE_CLUSTER_ALIAS}"';
const sent = `printf '%s.' "$ORC_FAILURE_CLUSTER_ALIAS" | `;
const received =
  'ORC_FAILURE_CLUSTER_ALIAS=$(cat); export ORC_FAILURE_CLUSTER_ALIAS="${ORC_FAILURE_CLUSTER_ALIAS%.}"; ';
const asSql = `convert(from_base64('$(printf %s "$ORC_FAILURE_CLUSTER_ALIAS" | base64 | tr -d '\\n')') using utf8mb4)`;

describe('a hook is rewritten so that a second reader finds no value in its program', () => {
  it.each([
    ['eval notify {alias} {port}', `eval 'notify ${ref} {port}'`],
    [`eval "notify '{alias}'" && notify {alias}`, `eval 'notify ${ref}' && notify {alias}`],
    ["bash -c 'notify {alias}' a b", `bash -c 'notify ${ref}' a b`],
    ['sh -ec "notify \\"{alias}\\" \\$HOME"', `sh -ec 'notify ${ref} $HOME'`],
    [
      "timeout -k 1 5 nice -n 3 bash -o pipefail -c 'a {alias}'",
      `timeout -k 1 5 nice -n 3 bash -o pipefail -c 'a ${ref}'`,
    ],
    [`bash -c 'bash -c "a {alias}"'`, `bash -c "bash -c 'a \\"\\\${ORC_FAILURE_CLUSTER_ALIAS}\\"'"`],
    [
      "sudo -u mysql bash -c 'a {alias} {alias}'",
      `sudo -u mysql bash -c 'a "\${1}" "\${1}"' bash "$ORC_FAILURE_CLUSTER_ALIAS"`,
    ],
    ["trap 'a {alias}' EXIT", `trap 'a ${ref}' EXIT`],
    ['ssh -p 22 {port} "stop {alias}"', `${sent}ssh -p 22 {port} '${received}stop ${ref}'`],
    [
      'if ! ssh db1 stop {alias} -x; then a; fi',
      `if ! ${sent}ssh db1 '${received}stop ${ref} -x'; then a; fi`,
    ],
    [`awk '{print "to {alias}", $1}' f`, `awk '{print ("to " ENVIRON["ORC_FAILURE_CLUSTER_ALIAS"]), $1}' f`],
    [`awk -F : '/x"/ || $1 == "{alias}"' f`, null],
    [
      `awk -F : '/x.y/ && $1 == "{alias}" {print}' f`,
      `awk -F : '/x.y/ && $1 == ("" ENVIRON["ORC_FAILURE_CLUSTER_ALIAS"]) {print}' f`,
    ],
    [
      `perl -e 'print "a {alias}\\n";'`,
      `perl -e 'print ("a " . $ENV{"ORC_FAILURE_CLUSTER_ALIAS"} . "\\n");'`,
    ],
    [
      `python3 -c 'import requests; requests.post(json={"text": "{alias}"})'`,
      `python3 -c 'import requests; requests.post(json={"text": ("" + __import__("os").environ.get("ORC_FAILURE_CLUSTER_ALIAS", ""))})'`,
    ],
    [
      `node -e 'console.log("{alias}")'`,
      `node -e 'console.log(("" + (process.env["ORC_FAILURE_CLUSTER_ALIAS"] || "")))'`,
    ],
    [
      `mysql -h {port} -e "update t set a = '{alias}' where b = 1"`,
      `mysql -h {port} -e "update t set a = concat('', ${asSql}) where b = 1"`,
    ],
    [`mysql -Nse"select 'x {alias} y'"`, `mysql -Nse"select concat('x ', ${asSql}, ' y')"`],
    ['xargs -n 1 notify {alias} < f', `xargs -n 1 notify ${ref} < f`],
  ])('%s', (command, expected) => {
    expect(rewritten(command)).toBe(expected);
  });
});

describe('a hook is left alone where a rewriting could be wrong', () => {
  it.each([
    ['bash -c "notify {alias} $HOME"'],
    ['bash -c {alias}'],
    ["bash $OPTIONS -c 'a {alias}'"],
    ["sudo -u mysql bash -c 'a $1 {alias}' bash b"],
    ["sudo -i bash -c 'a {alias}'"],
    ['sudo awk \'{print "{alias}"}\' f'],
    ['eval {alias}'],
    ['echo {alias} | bash'],
    ["bash -c 'echo {alias}' | bash"],
    ['eval "$(bash -c \'echo {alias}\')"'],
    ['ssh {alias} uptime'],
    ['ssh $OPTIONS db1 "stop {alias}"'],
    ["ssh -n db1 'stop {alias}'"],
    ["cat f | ssh db1 'put {alias}'"],
    ["ssh db1 'put {alias}' < f"],
    ['ssh db1 stop > log {alias}'],
    [`awk '{system("stop {alias}")}' f`],
    [`awk '{print | "mail {alias}"}' f`],
    [`awk '/{alias}/' f`],
    [`awk '{print {alias}}' f`],
    [`python3 -c 'import os; os.system("stop {alias}")'`],
    [`python3 -c 'print(f"{alias}")'`],
    [`python3 -c 'print("%s {alias}" % x)'`],
    [`python3 -c 'print("a" "{alias}")'`],
    [`perl -e 'print qx(stop {alias})'`],
    [`perl -e 'print "\${alias} {alias}"'`.replace('{alias} ', '{alias}')],
    [`node -e 'require("child_process").exec("stop {alias}")'`],
    [`mysql -e "drop user '{alias}'"`],
    [`mysql -e "select 1 as '{alias}'"`],
    [`mysql -e "select 1 -- '{alias}'"`],
    [`mysql -e "select '{alias}' 'x'"`],
    [`mysql -e "use {alias}"`],
    ['xargs -I{} notify {} {alias}'],
    ['xargs bash -c "notify {alias}"'],
    ["find . -exec bash -c 'notify {alias}' ';'"],
    ['sed s/x/{alias}/ f'],
  ])('%s', (command) => {
    expect(rewritten(command)).toBeNull();
  });
});

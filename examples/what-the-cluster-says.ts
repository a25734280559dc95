/**
 * What a Pacemaker cluster says of its nodes between its lines. A node is missed, and some time later a message of
 * another type says that it was made sure of; crm_mon's external agent hears of neither. Run it with
 * `npm run example:what-the-cluster-says`.
 */
import { decodeMessage, Membership, nodeStateEvents, readAsCrmMon } from 'baton/pacemaker';

/** A patchset that changes node 2. */
function update(changed: readonly string[], attributes: string): string {
  const list = changed.map((name) => `<change-attr name="${name}" operation="set" value=""/>`).join('');
  return `<notify><cib_update_result><diff format="2">
    <change operation="modify" path="/cib/status/node_state[@id='2']">
      <change-list>${list}</change-list>
      <change-result><node_state id="2" uname="db2" ${attributes}/></change-result>
    </change></diff></cib_update_result></notify>`;
}

const messages = [
  update(['crmd'], 'in_ccm="true" crmd="offline" join="member" expected="member"'),
  update(['in_ccm'], 'in_ccm="false" crmd="offline" join="member" expected="member"'),
  update(
    ['join', 'expected'],
    'in_ccm="false" crmd="offline" join="down" expected="down" crm-debug-origin="send_stonith_update"',
  ),
].map((text) => decodeMessage(text));

const membership = new Membership();
for (const message of messages)
  for (const event of nodeStateEvents(message))
    console.log(
      `${event.node}: ${membership.classify(event) ?? 'nothing new'} (${event.changed.join(', ')})`,
    );
console.log(
  `crm_mon would have called its agent ${messages.flatMap((one) => readAsCrmMon(one)).length} times`,
);

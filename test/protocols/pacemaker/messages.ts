/** Messages written out for a test. */

const uuid = '09952a2f-22c0-4ef5-961a-878dfbaace9b';

/** The first message of the contract, word for word: an operation that was there and is not any more. */
export const seedOperation = `<notify cib_object_type="diff">
  <cib_generation><generation_tuple/></cib_generation>
  <cib_update_result><diff>
    <diff-removed><cib><status><node_state><lrm id="node2"><lrm_resources>
      <lrm_resource id="dbfs" type="Filesystem" class="ocf" provider="heartbeat">
        <lrm_rsc_op id="dbfs_last_0" operation_key="dbfs_monitor_0" operation="monitor" transition-key="5:0:7:${uuid}" transition-magic="0:7;5:0:7:${uuid}" call-id="10" rc-code="7" op-status="0" interval="0"/>
      </lrm_resource>
    </lrm_resources></lrm></node_state></status></cib></diff-removed>
    <diff-added><cib/></diff-added>
  </diff></cib_update_result>
</notify>`;

/** Its second: a node was fenced outside Pacemaker. */
export const seedNode = `<notify cib_object_type="node_state">
  <cib_generation><generation_tuple/></cib_generation>
  <cib_update><node_state id="node2" uname="node2" crmd="offline" crm-debug-origin="peer_update_callback"/></cib_update>
  <cib_update_result><diff>
    <diff-removed><cib><status><node_state crmd="online" crm-debug-origin="post_cache_update" id="node2"/></status></cib></diff-removed>
    <diff-added><cib><status><node_state id="node2" uname="node2" in_ccm="false" crmd="offline" join="member" crm-debug-origin="peer_update_callback" expected="member"/></status></cib></diff-added>
  </diff></cib_update_result>
</notify>`;

/** A patchset of these changes. */
export function patchset(...changes: readonly string[]): string {
  return `<notify><cib_update_result><diff format="2">${changes.join('')}</diff></cib_update_result></notify>`;
}

/** A change by which attributes of node 2 take these values; `all` are its attributes afterwards. */
export function nodeChange(changed: readonly string[], all: Readonly<Record<string, string>>): string {
  const list = changed.map((name) => `<change-attr name="${name}" operation="set" value="${all[name]}"/>`);
  return `<change operation="modify" path="/cib/status/node_state[@id='2']"><change-list>${list.join('')}</change-list>
    <change-result><node_state id="2" uname="node2"${attributesText(all)}/></change-result></change>`;
}

/** A patchset that creates one operation, somewhere below node 2. */
export function created(attributes: Readonly<Record<string, string>>): string {
  return patchset(
    `<change operation="create" path="${resourcePath}"><lrm_rsc_op${attributesText(attributes)}/></change>`,
  );
}

export const resourcePath = `/cib/status/node_state[@id='2']/lrm[@id='2']/lrm_resources/lrm_resource[@id='db']`;

/** The magic of an operation with this outcome. */
export function magicText(status: number, rc: number, targetRc: number): string {
  return `${status}:${rc};5:45:${targetRc}:${uuid}`;
}

export function attributesText(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');
}

/** The id of an element in a path as patchsets write it: `/cib/status/node_state[@id='2']/lrm[@id='2']/…`. */
export function idIn(path: string, element: 'lrm' | 'lrm_resource'): string | undefined {
  const [, id] = pattern[element].exec(path) ?? [];
  return id;
}

const pattern = { lrm: /\/lrm\[@id='([^']*)'/, lrm_resource: /\/lrm_resource\[@id='([^']*)'/ };

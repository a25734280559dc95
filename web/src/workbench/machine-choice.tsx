import { Select } from '@mantine/core';
import { machines } from '../../../src/simulation/workbench/machines.ts';
import { go } from '../router/history.ts';

/** Which workflow is looked at; its name is part of the address. */
export function MachineChoice({ tab, name }: { tab: string; name: string }) {
  return (
    <Select
      label="Workflow"
      data={machines.map((one) => one.name)}
      value={name}
      onChange={(chosen) => chosen !== null && go({ view: 'workbench', rest: [tab, chosen] })}
      allowDeselect={false}
      searchable
      w={220}
    />
  );
}

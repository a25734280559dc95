import { Autocomplete } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useRef, useState } from 'react';
import { useLive } from '../live/use-live.ts';
import { Icon } from '../parts/icon.tsx';
import { go } from '../router/history.ts';
import { searched } from './searched.ts';

const mostShown = 20;

/** Finds clusters and instances by any part of their names. `/` leads to it. */
export function Search() {
  const clusters = useLive((state) => state.clusters);
  const [text, setText] = useState('');
  const box = useRef<HTMLInputElement>(null);
  useHotkeys([['/', () => box.current?.focus()]]);
  const found = searched(clusters ?? [], text).slice(0, mostShown);
  const lead = (label: string) => {
    const hit = found.find((each) => each.label === label) ?? found[0];
    if (hit === undefined) return;
    go(hit.to);
    setText('');
    box.current?.blur();
  };
  return (
    <Autocomplete
      ref={box}
      aria-label="Search clusters and instances"
      placeholder="Search  /"
      leftSection={<Icon name="search" size={15} />}
      value={text}
      onChange={setText}
      onOptionSubmit={lead}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) lead(text);
        if (event.key === 'Escape') box.current?.blur();
      }}
      data={found.map(({ label }) => label)}
      filter={({ options }) => options}
      limit={mostShown}
      maxDropdownHeight={420}
      flex={1}
      maw={420}
    />
  );
}

import { useEffect, useState } from 'react';
import { tell } from '../api/client.ts';
import { type Refusal, refusalOf } from '../api/refusal.ts';
import type { OperationPreview, TakeoverPreview } from '../api/types.ts';
import { type Act, type Foreseen, foreseenIn, foreseenOf, previewOf } from './act.ts';

/** What would come of an act, as the controller says; null while it is asked. */
export function useForeseen(act: Act): Foreseen | Refusal | null {
  const [known, setKnown] = useState<{ act: Act; is: Foreseen | Refusal } | null>(null);
  useEffect(() => {
    const preview = previewOf(act);
    if (preview === null) return setKnown({ act, is: foreseenOf(act) });
    let isOver = false;
    void tell<TakeoverPreview | OperationPreview>(preview.path, preview.body)
      .then(foreseenIn, refusalOf)
      .then((is) => {
        if (!isOver) setKnown({ act, is });
      });
    return () => {
      isOver = true;
    };
  }, [act]);
  return known?.act === act ? known.is : null;
}

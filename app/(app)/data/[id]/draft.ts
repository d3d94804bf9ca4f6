'use client';

import { useMemo } from 'react';
import { useSessionStorage } from '@mantine/hooks';
import {
  mapping as mappingShape,
  importKinds,
  operators,
  type Field,
  type ImportDetail,
  type ImportKind,
  type Made,
  type Mapping,
} from '@/lib/contract/imports';
import { isCount } from './count';
import { countFault, mappingFaults, unitsFault } from '@/lib/mapping/mapping-faults';
import { propose } from '@/lib/mapping/propose';
import { z } from 'zod';

// A mapping as it is being edited: what the server has, until something is changed; changes outlive a reload.

interface Draft {
  kind: ImportKind;
  mapping: Mapping;
}
// While one types, a text is empty and a list has one column: what is kept is looked at less strictly than what is sent.
const shape = z.object({
  kind: z.enum(importKinds),
  mapping: mappingShape.extend({
    made: z.record(
      z.string(),
      z.union([
        z.object({ constant: z.string() }),
        z.object({ join: z.array(z.string()), with: z.string() }),
        z.object({ brandIn: z.string() }),
        z.object({ calculate: z.tuple([z.string(), z.enum(operators), z.union([z.string(), z.number()])]) }),
        z.object({ part: z.string(), before: z.string() }),
        z.object({ part: z.string(), after: z.string() }),
        z.object({ part: z.string(), first: z.number() }),
        z.object({ part: z.string(), last: z.number() }),
      ]),
    ),
  }),
});

const empty: Mapping = mappingShape.parse({ columns: {} });

/** The same whatever the order in which columns were mapped. */
const sorted = (given: object) => Object.entries(given).sort(([a], [b]) => (a < b ? -1 : 1));
const textOf = ({ kind, mapping }: Draft): string =>
  JSON.stringify([kind, { ...mapping, columns: sorted(mapping.columns), made: sorted(mapping.made) }]);

export function useDraft(detail: ImportDetail) {
  // Read otherwise, the file has other columns: what was mapped of the old ones is gone.
  const read = detail.detected?.columns.map(({ name }) => name).join('|') ?? '';
  const [kept, keep, drop] = useSessionStorage<unknown>({
    key: `brandlens-mapping-${detail.id}-${read}`,
    defaultValue: null,
  });
  const known: Draft = useMemo(
    () => ({ kind: detail.kind, mapping: detail.mapping ?? empty }),
    [detail.kind, detail.mapping],
  );
  const draft = useMemo(() => shape.safeParse(kept).data ?? known, [kept, known]);
  const { kind, mapping } = draft;
  const columns = useMemo(() => detail.detected?.columns ?? [], [detail.detected]);
  const names = useMemo(() => columns.map(({ name }) => name), [columns]);
  const faults = useMemo(() => {
    const found = mappingFaults(kind, mapping, names);
    const faults = new Map(found.map(({ field, message }) => [field.replace(/^mapping\./, ''), sentence(message)]));
    if (kind !== 'transactions') return faults;
    const [count, units] = [countFault(mapping, columns), unitsFault(mapping)];
    if (count !== null) faults.set('dateFormat', sentence(count));
    if (faults.has('dateFormat') && isCount(mapping.dateFormat))
      faults.set('dateFormat', 'Beside the date’s column, say on which date the count begins.');
    if (units !== null && !faults.has('columns.units')) faults.set('columns.units', sentence(units));
    return faults;
  }, [kind, mapping, names, columns]);

  const change = (next: Partial<Mapping>) => keep({ kind, mapping: { ...mapping, ...next } });
  return {
    kind,
    mapping,
    columns,
    /** By the field they are about: "columns.date", "attributes.0", "dateFormat". */
    faults,
    changed: textOf(draft) !== textOf(known),
    change,
    drop,
    setKind: (chosen: ImportKind) => {
      const proposal = propose({ columns: names, rows: detail.detected?.preview ?? [] }, chosen);
      keep({ kind: chosen, mapping: chosen === detail.kind ? known.mapping : proposal.mapping });
    },
    preview: detail.detected?.preview ?? [],
    setColumn: (field: Field, column: string | null) => {
      const { [field]: _, ...rest } = mapping.columns;
      const { [field]: __, ...made } = mapping.made;
      const attributes = mapping.attributes.filter((attribute) => attribute.column !== column);
      change({ columns: column === null ? rest : { ...rest, [field]: column }, made, attributes });
    },
    setMade: (field: Field, made: Made) => {
      const { [field]: _, ...columns } = mapping.columns;
      change({ columns, made: { ...mapping.made, [field]: made } });
    },
    setAttribute: (column: string, of: Mapping['attributes'][number]['of'] | null) => {
      const rest = mapping.attributes.filter((attribute) => attribute.column !== column);
      change({ attributes: of === null ? rest : [...rest, { column, of }] });
    },
  };
}
export type DraftState = ReturnType<typeof useDraft>;

const sentence = (message: string): string => `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;

'use client';

import { useMemo } from 'react';
import { useSessionStorage } from '@mantine/hooks';
import {
  mapping as mappingShape,
  importKinds,
  type Field,
  type ImportDetail,
  type ImportKind,
  type Mapping,
} from '@/lib/contract/imports';
import { mappingFaults } from '@/lib/ingest/mapping-faults';
import { propose } from '@/lib/ingest/propose';
import { z } from 'zod';

// A mapping as it is being edited: what the server has, until something is changed; changes outlive a reload.

const shape = z.object({ kind: z.enum(importKinds), mapping: mappingShape });
type Draft = z.output<typeof shape>;

const empty: Mapping = mappingShape.parse({ columns: {} });

/** The same whatever the order in which columns were mapped. */
const textOf = ({ kind, mapping }: Draft): string =>
  JSON.stringify([kind, { ...mapping, columns: Object.entries(mapping.columns).sort() }]);

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
    return new Map(found.map(({ field, message }) => [field.replace(/^mapping\./, ''), sentence(message)]));
  }, [kind, mapping, names]);

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
    setColumn: (field: Field, column: string | null) => {
      const { [field]: _, ...rest } = mapping.columns;
      const attributes = mapping.attributes.filter((attribute) => attribute.column !== column);
      change({ columns: column === null ? rest : { ...rest, [field]: column }, attributes });
    },
    setAttribute: (column: string, of: Mapping['attributes'][number]['of'] | null) => {
      const rest = mapping.attributes.filter((attribute) => attribute.column !== column);
      change({ attributes: of === null ? rest : [...rest, { column, of }] });
    },
  };
}
export type DraftState = ReturnType<typeof useDraft>;

const sentence = (message: string): string => `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;

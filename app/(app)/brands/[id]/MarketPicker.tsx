'use client';

import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { commonAncestors } from '@/components/brands/markets';
import { optionsOf } from '@/lib/client/options';
import { listCategories } from '@/lib/contract/members';
import { usePart, type Part } from './part';
import classes from './Brand.module.css';

/** Names the market that the shares on the page are part of, and changes it. */
export function MarketPicker(part: Part) {
  const { workspace, brand, params, change, view } = part;
  const { data: tree } = useQuery(optionsOf(listCategories, { query: { workspace, limit: 100 } }));
  const { data } = usePart(part, 'totals');
  const own = brand?.categories.map(({ id }) => id) ?? [];
  const wider = tree ? commonAncestors(tree.items, own) : [];
  const standard = view.filters.category ? 'The categories filtered' : 'The categories it sold in';
  const options = [
    { value: 'standard', label: standard },
    ...wider.map(({ id, name }) => ({ value: String(id), label: name })),
    { value: 'slice', label: view.filters.category ? 'The whole slice' : 'Everything' },
  ];
  const chosen = params.market === null ? 'standard' : String(params.market);
  const name = data?.meta.market;
  const known = options.some(({ value }) => value === chosen);
  return (
    <div className={classes.market}>
      <label htmlFor="market">Market of the shares</label>
      <Select
        id="market"
        size="xs"
        w={220}
        allowDeselect={false}
        data={known ? options : [...options, { value: chosen, label: name ?? 'Chosen categories' }]}
        value={chosen}
        onChange={(value) =>
          change({
            market: value === 'slice' ? value : value && value !== 'standard' ? value.split(',').map(Number) : null,
          })
        }
      />
      {name && chosen === 'standard' && <strong>{name}</strong>}
    </div>
  );
}

'use client';

import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import type { BrandInbox } from '@/lib/contract/corrections';
import { formatAmount } from '@/lib/metrics/format';
import { useWorkspace } from '@/components/shell/workspace-context';
import { Panel } from '@/components/ui/Panel';
import { PlainTable } from '@/components/ui/PlainTable';
import { useCorrectionActions } from './use-corrections';
import classes from './corrections.module.css';

/** Products that no file gives a brand, with the brand that their name holds. */
export function WithoutBrand({ inbox: { products, productsTotal } }: { inbox: BrandInbox }) {
  const { currency, role } = useWorkspace();
  const { draft } = useCorrectionActions();
  const [typed, setTyped] = useState<Record<string, string>>({});
  const brandOf = ({ code, proposed }: BrandInbox['products'][number]): string =>
    (typed[code] ?? proposed ?? '').trim();
  const given = products.filter((product) => brandOf(product) !== '');
  const more = productsTotal - products.length;
  return (
    <Panel
      title={`Products without a brand${productsTotal > 0 ? ` (${productsTotal.toLocaleString('en-US')})` : ''}`}
      subtitle="A brand of this workspace that stands in the name is proposed"
      actions={
        role !== 'viewer' &&
        products.length > 0 && (
          <Button
            size="xs"
            variant="default"
            disabled={given.length === 0}
            loading={draft.isPending}
            onClick={() =>
              draft.mutate(
                given.map((product) => ({ kind: 'product', subject: product.code, brand: brandOf(product) })),
              )
            }
          >
            Put {given.length} into the draft
          </Button>
        )
      }
    >
      {draft.error && (
        <p role="alert" className={classes.fault}>
          {draft.error.message}
        </p>
      )}
      {products.length === 0 ? (
        <p className={classes.empty}>Every product has a brand.</p>
      ) : (
        <PlainTable
          caption="Products without a brand"
          cards
          maxHeight={460}
          data={{
            columns: [{ label: 'Code' }, { label: 'Product' }, { label: 'Sales', numeric: true }, { label: 'Brand' }],
            rows: products.map((product) => [
              <code key="code">{product.code}</code>,
              product.name === product.code ? (
                <span key="name" className={classes.quiet}>
                  No name
                </span>
              ) : (
                product.name
              ),
              formatAmount(product.sales, currency),
              role === 'viewer' ? (
                (product.proposed ?? '')
              ) : (
                <TextInput
                  key="brand"
                  size="xs"
                  aria-label={`Brand of ${product.name}`}
                  placeholder="Brand"
                  maxLength={255}
                  className={classes.brand}
                  value={typed[product.code] ?? product.proposed ?? ''}
                  onChange={({ currentTarget: { value } }) =>
                    setTyped((before) => ({ ...before, [product.code]: value }))
                  }
                />
              ),
            ]),
          }}
        />
      )}
      {more > 0 && (
        <p className={classes.quiet}>
          The {products.length} that sell most; {more.toLocaleString('en-US')} more come up when these are done.
        </p>
      )}
    </Panel>
  );
}

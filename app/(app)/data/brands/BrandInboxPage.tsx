'use client';

import { Skeleton } from '@mantine/core';
import { Applied, Draft } from '@/components/corrections/Corrections';
import { Spellings } from '@/components/corrections/Spellings';
import { useBrandInbox } from '@/components/corrections/use-corrections';
import { WithoutBrand } from '@/components/corrections/WithoutBrand';
import { PageAbove } from '@/components/shell/PageAbove';
import { Failed } from '@/components/ui/Failed';
import { Page } from '@/components/ui/Page';
import { PageHead } from '@/components/ui/PageHead';

/** Brands that wait to be set right, what is drafted, and what was applied. */
export function BrandInboxPage() {
  const { data: inbox, error, refetch } = useBrandInbox();
  return (
    <Page>
      <PageHead
        title="Brand inbox"
        note={
          <>
            <PageAbove path="/data" name="Data" /> / what files call the same brand, and what they leave without one
          </>
        }
      />
      <Draft />
      {inbox ? (
        <>
          <Spellings inbox={inbox} />
          <WithoutBrand inbox={inbox} />
        </>
      ) : error ? (
        <Failed error={error} retry={refetch} />
      ) : (
        <Skeleton height={420} radius="md" aria-busy />
      )}
      <Applied />
    </Page>
  );
}

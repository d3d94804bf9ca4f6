import { splitMonths, type Range } from '@/lib/metrics/periods';
import { cellsOf, usesPlace, usesProduct, usesStore, type Cut } from './cut';
import { lines, onlyLines, parts, type Choice, type Ground } from './plan';
import type { Rejection } from './rejections';

// The source of what is read by shopper or by store, from the packed rollups.

/**
 * What shoppers spent, each. `trips`: their trips count too, which add up over months, but not over brands or categories
 * that share baskets.
 */
export function chooseSpend(cut: Cut, range: Range, ground: Ground, trips: boolean): Choice {
  const rejection =
    onlyLines(cut, ground) ??
    (usesPlace(cut) || usesStore(cut) ? 'place_spend' : null) ??
    (usesProduct(cut) ? 'product_spend' : null) ??
    (trips ? tripsByShopper(cut, ground) : null);
  if (rejection) return lines(range, rejection);
  const both = parts('spend_month', 'lines', splitMonths(range));
  return { parts: both, rejected: both.some((part) => part.source === 'lines') ? ['edge_spend'] : [] };
}

function tripsByShopper(cut: Cut, ground: Ground): Rejection | null {
  if (ground.facts.basketsSpan) return 'baskets_span';
  if (cellsOf(cut).some((cell) => cell.nodes.length !== 1)) return 'node_list';
  if (cut.key.by === 'manufacturer') return 'member_list';
  const one = cut.key.by === 'brand' || cut.brands === null || cut.brands.length === 1;
  return one ? null : 'member_list';
}

/** What stores sold of products, or of whole categories: promotions are kept beside the rest, so that only a filter of theirs needs lines. */
export function chooseItems(cut: Cut, range: Range, ground: Ground, whole: boolean): Choice {
  const rejection =
    onlyLines(cut, ground) ?? (whole && (cut.brands !== null || usesProduct(cut)) ? 'part_of_node' : null);
  return rejection ? lines(range, rejection) : { parts: [{ source: 'item_month', spans: [range] }], rejected: [] };
}

import { addDays, lengthOf, type Range } from '@/lib/metrics/periods';
import { Fault } from '../../scripts/fault';
import type { Chance } from './chance';
import type { Subject } from './question';
import type { World } from './world';

/** Whom and which dates the fifteen questions are about. `all` are the dates of the data, two calendar years. */
export function drawSubject(world: World, all: Range, chance: Chance): Subject {
  const most = Math.max(...[...world.categories.values()].map((brands) => brands.length));
  const roomy = [...world.categories].filter(([, brands]) => brands.length >= Math.min(10, most));
  const [category, brands] = chance.one(roomy);
  const rivals = chance.some(brands, 10);
  const year: Range = { from: `${all.to.slice(0, 4)}-01-01`, to: all.to };
  if (year.from <= all.from) throw new Fault('The lines hold no two years, which the questions compare.');
  const cut = { from: addDays(year.from, chance.whole(1, 27)), to: addDays(year.to, -chance.whole(3, 27)) };
  const start = addDays(year.from, chance.whole(0, lengthOf(year) - 84));
  return {
    workspaceId: world.workspaceId,
    brand: chance.one(rivals),
    category,
    rivals,
    regions: chance.some(world.regions, 2),
    channel: chance.one(world.channels),
    stores: chance.some(world.stores, 5),
    names: world.brands,
    year,
    cut,
    weeks: { from: start, to: addDays(start, 83) },
    all,
  };
}

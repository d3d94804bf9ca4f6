// Fractions are kept as whole parts of SCALE, so that moving them about is exact.
const SCALE = 2 ** 20;

/** An amount that moves from a node to another: whole + fraction ÷ SCALE. */
interface Arc {
  from: number;
  to: number;
  whole: number;
  fraction: number;
}

/** n brands; amounts in minor units. */
export interface Flows {
  /** From brand j to brand i, at j·n + i. */
  switched: Float64Array;
  /** What came to a brand, and left it, without another brand. */
  increase: Float64Array;
  decrease: Float64Array;
}

/**
 * Rounds flows so that every brand still adds up: each amount becomes the whole number below or above it, and for every
 * brand inflow + increase − outflow − decrease stays `net`, which is whole (controlled rounding: Cox, L. H. (1987), JASA 82,
 * 520-524). Arcs with fractions make cycles, since each node has none or several; along a cycle fractions are shifted
 * until one is whole.
 */
export function roundFlows({ switched, increase, decrease }: Flows, net: readonly number[]): void {
  const brands = net.length;
  const arcs: Arc[] = [];
  for (let at = 0; at < switched.length; at++) {
    const amount = switched[at] ?? 0;
    if (amount !== 0) arcs.push({ from: Math.floor(at / brands), to: at % brands, ...split(amount) });
  }
  const flows = arcs.length;
  arcs.push(...ownArcs(arcs, increase, decrease, net));
  shiftFractions(arcs, brands + 1);
  for (const [at, { from, to, whole, fraction }] of arcs.entries()) {
    const amount = whole + fraction / SCALE;
    if (at < flows) switched[from * brands + to] = amount;
    else if (from === brands) increase[to] = amount;
    else decrease[from] = amount;
  }
}

const split = (amount: number, parts = 0) => {
  const exact = Math.round((amount - Math.floor(amount)) * SCALE) + parts;
  const carry = Math.floor(exact / SCALE);
  return { whole: Math.floor(amount) + carry, fraction: exact - carry * SCALE };
};

/** Increase and decrease of each brand: whatever doubles lost is put into the larger, so that `net` is met exactly. */
function ownArcs(arcs: readonly Arc[], increase: Float64Array, decrease: Float64Array, net: readonly number[]): Arc[] {
  const outside = net.length;
  const whole = [...net];
  const parts = net.map(() => 0);
  const add = (node: number, by: number, { whole: w, fraction }: Arc) => {
    whole[node] = (whole[node] ?? 0) + by * w;
    parts[node] = (parts[node] ?? 0) + by * fraction;
  };
  for (const arc of arcs) {
    add(arc.to, -1, arc);
    add(arc.from, 1, arc);
  }
  return net.flatMap((_, brand) => {
    // Increase − decrease is whole + parts ÷ SCALE.
    const [w, p] = [whole[brand] ?? 0, parts[brand] ?? 0];
    let up = split(increase[brand] ?? 0);
    let down = split(decrease[brand] ?? 0);
    if ((increase[brand] ?? 0) >= (decrease[brand] ?? 0)) up = split(w + down.whole, p + down.fraction);
    else down = split(up.whole - w, up.fraction - p);
    if (up.whole < 0 || down.whole < 0) {
      const zero = { whole: 0, fraction: 0 };
      [up, down] = split(w, p).whole >= 0 ? [split(w, p), zero] : [zero, split(-w, -p)];
    }
    return [
      { from: outside, to: brand, ...up },
      { from: brand, to: outside, ...down },
    ];
  });
}

function shiftFractions(arcs: Arc[], nodes: number): void {
  const forest: number[][] = Array.from({ length: nodes }, () => []);
  const isOpen = ({ fraction }: Arc) => fraction !== 0 && fraction !== SCALE;
  const path = pathFinder(arcs, forest);
  for (const [at, arc] of arcs.entries()) {
    while (isOpen(arc)) {
      const back = path(arc.to, arc.from);
      if (!back) {
        forest[arc.from]?.push(at);
        forest[arc.to]?.push(at);
        break;
      }
      const cycle = [{ arc, at, forward: true }, ...back];
      const room = (up: boolean) =>
        Math.min(...cycle.map((step) => (step.forward === up ? SCALE - step.arc.fraction : step.arc.fraction)));
      const shift = room(true) <= room(false) ? room(true) : -room(false);
      for (const step of cycle) {
        step.arc.fraction += step.forward ? shift : -shift;
        if (step.arc === arc || isOpen(step.arc)) continue;
        for (const node of [step.arc.from, step.arc.to]) {
          const links = forest[node] ?? [];
          links.splice(links.indexOf(step.at), 1);
        }
      }
    }
  }
}

/** Finds the one path through the forest, as arcs with their direction. */
function pathFinder(arcs: readonly Arc[], forest: readonly (readonly number[])[]) {
  const cameBy = new Int32Array(forest.length);
  const queue = new Int32Array(forest.length);
  return (start: number, goal: number) => {
    cameBy.fill(-1);
    queue[0] = start;
    for (let head = 0, tail = 1; head < tail && cameBy[goal] === -1; head++) {
      const node = queue[head] ?? 0;
      for (const at of forest[node] ?? []) {
        const next = otherEnd(arcs[at], node);
        if (next === start || cameBy[next] !== -1) continue;
        cameBy[next] = at;
        queue[tail++] = next;
      }
    }
    const steps: { arc: Arc; at: number; forward: boolean }[] = [];
    for (let node = goal; node !== start;) {
      const at = cameBy[node] ?? -1;
      const arc = arcs[at];
      if (!arc) return null;
      steps.push({ arc, at, forward: arc.to === node });
      node = otherEnd(arc, node);
    }
    return steps;
  };
}

const otherEnd = (arc: Arc | undefined, node: number): number => (arc?.from === node ? arc.to : (arc?.from ?? -1));

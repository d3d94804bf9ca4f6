import { describe, expect, it } from 'vitest';
import { fitNbd, nbdFrequency, nbdOver, nbdPenetration, nbdProbabilities } from './nbd';

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
const moment = (values: number[], power: number) => sum(values.map((p, n) => p * n ** power));

describe('NBD', () => {
  it.each([
    { mean: 0.05, shape: 0.02 },
    { mean: 3.4, shape: 0.8 },
    { mean: 60, shape: 1.7 },
  ])('probabilities of $mean, $shape sum to 1 and have mean m and variance m + m²/k', (nbd) => {
    const p = nbdProbabilities(nbd, 1e-13);
    expect(sum(p)).toBeCloseTo(1, 10);
    expect(moment(p, 1) / nbd.mean).toBeCloseTo(1, 6);
    const variance = moment(p, 2) - moment(p, 1) ** 2;
    expect(variance / (nbd.mean + nbd.mean ** 2 / nbd.shape)).toBeCloseTo(1, 5);
  });

  it('is geometric at shape 1', () => {
    const [zero, one, two] = nbdProbabilities({ mean: 3, shape: 1 });
    expect([zero, one, two]).toEqual([0.25, 0.1875, 0.140625].map((value) => expect.closeTo(value, 12)));
  });

  it('approaches Poisson when all shoppers are alike', () => {
    const p = nbdProbabilities({ mean: 2, shape: 1e8 });
    expect(p[0]).toBeCloseTo(Math.exp(-2), 6);
    expect(p[3]).toBeCloseTo((Math.exp(-2) * 8) / 6, 6);
  });

  it('multiplies penetration and frequency to the mean', () => {
    const nbd = { mean: 3.4, shape: 0.8 };
    expect(nbdPenetration(nbd) * nbdFrequency(nbd)).toBeCloseTo(3.4, 12);
    expect(nbdPenetration(nbd)).toBeCloseTo(1 - nbdProbabilities(nbd)[0]!, 12);
  });

  it('gives back what it was made of', () => {
    for (const nbd of [
      { mean: 0.3, shape: 0.05 },
      { mean: 3.4, shape: 0.8 },
      { mean: 12, shape: 4 },
    ]) {
      expect(fitNbd(nbd.mean, nbdPenetration(nbd))!.shape / nbd.shape).toBeCloseTo(1, 6);
    }
  });

  it('has no fit where shoppers are more alike than by chance, or nobody buys', () => {
    expect(fitNbd(2, 1 - Math.exp(-2))).toBeNull();
    expect(fitNbd(2, 0.95)).toBeNull();
    expect(fitNbd(0, 0)).toBeNull();
    expect(fitNbd(Number.NaN, 0.5)).toBeNull();
  });

  it('keeps its shape over another period', () => {
    expect(nbdOver({ mean: 4, shape: 0.7 }, 0.25)).toEqual({ mean: 1, shape: 0.7 });
  });
});

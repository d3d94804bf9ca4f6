import { Panel } from '@/components/ui/Panel';
import { analysisIds, analysisOf, type AnalysisId } from '@/lib/metrics/analyses';
import { metricIds, metricOf, type Metric, type MetricId, type Need } from '@/lib/metrics/catalog';
import classes from './reference.module.css';

const needs: Record<Need, string> = {
  line: 'sale lines',
  shopper: 'shopper ids',
  basket: 'receipt ids',
  packSize: 'pack sizes',
  promotion: 'promotion flags',
  store: 'stores',
  universe: 'a universe set for the workspace',
};

const betters: Record<Metric['better'], string> = {
  higher: 'Higher is better',
  lower: 'Lower is better',
  neither: 'Neither direction is better by itself',
};

const words: [string, string][] = [
  ['Line', 'One product on one receipt.'],
  ['Basket, trip', 'One receipt: a store, a date and a receipt id, unless receipt ids are declared unique.'],
  ['Shopper', 'An identified household or loyalty id. A line without one is anonymous.'],
  ['Purchase line', 'A line that is no return and has units above 0. Buyers and trips count these only.'],
  ['Slice', 'Any combination of filters and dates.'],
  [
    'Market',
    'The slice without its brand, manufacturer and product filter. Without a category filter a brand’s market is the categories it sold in over the period, or the one compared with.',
  ],
  [
    'Not a single number',
    'Discount depth, base and incremental sales, lift, elasticity, the price index without the brand, duplication and switching rest on each product and store, on estimates, or on pairs of brands: they are analyses.',
  ],
  ['Coverage', 'The part of value sales that carries a shopper. It stands beside every shopper metric.'],
  ['Low base', 'Fewer buyers than the workspace’s limit (50 unless changed): read with care.'],
  ['n/a', 'The denominator is zero or missing. It is never shown as 0.'],
  ['Unavailable', 'The data lacks what the metric needs; the reason is given.'],
  [
    'Change',
    'Percent of the earlier value; points where the metric is a percentage. From a base of 0 or less there is none.',
  ],
];

function Entry({ id }: { id: MetricId }) {
  const metric = metricOf(id);
  return (
    <article className={classes.entry} id={id}>
      <h3 className={classes.name}>{metric.label}</h3>
      <p className={classes.text}>{metric.description}</p>
      <dl className={classes.facts}>
        <dt>Formula</dt>
        <dd>{metric.formula}</dd>
        <dt>Needs</dt>
        <dd>{metric.needs.map((need) => needs[need]).join(', ')}</dd>
        <dt>Reading</dt>
        <dd>{betters[metric.better]}</dd>
        <dt>In the API</dt>
        <dd>
          <code>{id}</code>
        </dd>
      </dl>
    </article>
  );
}

function AnalysisEntry({ id }: { id: AnalysisId }) {
  const analysis = analysisOf(id);
  return (
    <article className={classes.entry} id={`analysis:${id}`}>
      <h3 className={classes.name}>{analysis.label}</h3>
      <p className={classes.text}>
        {analysis.question} {analysis.description}
      </p>
      <dl className={classes.facts}>
        <dt>Formula</dt>
        <dd>{analysis.formula}</dd>
        <dt>Needs</dt>
        <dd>{analysis.needs.map((need) => needs[need]).join(', ')}</dd>
        <dt>In the API</dt>
        <dd>
          <code>{id}</code>
        </dd>
      </dl>
    </article>
  );
}

/** Every metric and analysis of the catalogs, in their own words. */
export function Glossary() {
  const shopper = metricIds.filter((id) => metricOf(id).needs.includes('shopper'));
  const rest = metricIds.filter((id) => !shopper.includes(id));
  return (
    <div className={classes.page}>
      <header>
        <h1 className={classes.title}>Glossary</h1>
        <p className={classes.lead}>
          What every number means. Quotients are divided after summing, never averaged; distinct counts are exact for
          every slice and every range of dates.
        </p>
      </header>
      <Panel title="Words">
        <dl className={classes.facts} style={{ gridTemplateColumns: '120px minmax(0, 1fr)', rowGap: 8 }}>
          {words.map(([word, meaning]) => (
            <div key={word} style={{ display: 'contents' }}>
              <dt>{word}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </Panel>
      {[
        { title: 'Sales, share, price', ids: rest },
        { title: 'Shoppers', ids: shopper },
      ].map(({ title, ids }) => (
        <Panel key={title} title={title}>
          <div className={classes.entries}>
            {ids.map((id) => (
              <Entry key={id} id={id} />
            ))}
          </div>
        </Panel>
      ))}
      <Panel title="Analyses">
        <div className={classes.entries}>
          {analysisIds.map((id) => (
            <AnalysisEntry key={id} id={id} />
          ))}
        </div>
      </Panel>
    </div>
  );
}

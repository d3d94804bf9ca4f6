import { Panel } from '@/components/ui/Panel';
import { PlainTable } from '@/components/ui/PlainTable';
import { analysisIds, analysisOf } from '@/lib/metrics/analyses';
import { errorCodes } from '@/lib/contract/errors';
import classes from './reference.module.css';

export interface Operation {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  tag: string;
  parameters: { name: string; place: string; required: boolean; type: string }[];
  /** JSON schemas, indented. */
  body: string | null;
  response: string | null;
  errors: string[];
}

function Schema({ title, text }: { title: string; text: string }) {
  return (
    <details className={classes.details}>
      <summary>{title}</summary>
      <pre className={classes.code} tabIndex={0}>
        {text}
      </pre>
    </details>
  );
}

function Entry({ operation }: { operation: Operation }) {
  const { id, method, path, summary, description, parameters, body, response, errors } = operation;
  return (
    <article className={classes.entry} id={id}>
      <h3 className={`${classes.name} ${classes.line}`}>
        <span className={classes.method}>{method}</span>
        <span className={classes.path}>{path}</span>
      </h3>
      <p className={classes.text}>
        {summary}. {description}
      </p>
      <dl className={classes.facts}>
        {parameters.length > 0 && (
          <>
            <dt>Parameters</dt>
            <dd>
              {parameters.map(({ name, required, type }) => (
                <div key={name}>
                  <code>{name}</code> {type}
                  {required && ', required'}
                </div>
              ))}
            </dd>
          </>
        )}
        <dt>Errors</dt>
        <dd>{errors.join(', ')}</dd>
      </dl>
      {body && <Schema title="Body" text={body} />}
      {response && <Schema title="Answer" text={response} />}
    </article>
  );
}

/** The API as its own description tells it. */
export function ApiReference({ operations }: { operations: Operation[] }) {
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  return (
    <div className={classes.page}>
      <header>
        <h1 className={classes.title}>API</h1>
        <p className={classes.lead}>
          Everything these pages show can be read over HTTP, as JSON. The machine-readable description is at{' '}
          <a href="/api/openapi.json" download>
            /api/openapi.json
          </a>{' '}
          (OpenAPI 3.1). Requests carry the session of a sign-in; signed-in traffic is limited to 600 requests a minute,
          and the answer’s headers say what is left.
        </p>
      </header>
      {tags.map((tag) => (
        <Panel key={tag} title={tag}>
          {operations
            .filter((operation) => operation.tag === tag)
            .map((operation) => (
              <Entry key={operation.id} operation={operation} />
            ))}
        </Panel>
      ))}
      <Panel title="Analyses" subtitle="What /v1/analysis can be asked, and what each takes beside dates and filters.">
        <PlainTable
          caption="Analyses"
          data={{
            columns: [{ label: 'Analysis' }, { label: 'Answers', wraps: true }, { label: 'Of' }, { label: 'Takes' }],
            rows: analysisIds.map((id) => {
              const { question, focus, compares, options } = analysisOf(id);
              return [
                <code key={id}>{id}</code>,
                question,
                { brand: 'a brand', market: 'a market', slice: 'any slice' }[focus],
                [...(compares ? ['compare'] : []), ...options].join(', '),
              ];
            }),
          }}
        />
      </Panel>
      <Panel
        title="Errors"
        subtitle="One shape: {error: {code, message, details, requestId}}. Details name the field and what would be right."
      >
        <PlainTable
          caption="Error codes"
          data={{
            columns: [{ label: 'Code' }, { label: 'Status', numeric: true }, { label: 'When' }],
            rows: Object.entries(errorCodes).map(([code, { status, when }]) => [
              <code key={code}>{code}</code>,
              status,
              when,
            ]),
          }}
        />
      </Panel>
    </div>
  );
}

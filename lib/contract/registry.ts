import * as analyses from './analyses';
import * as analysisShoppers from './analysis-shoppers';
import * as audit from './audit';
import * as counted from './counted';
import * as drill from './drill';
import * as corrections from './corrections';
import type { Endpoint } from './endpoint';
import * as exports from './export';
import * as connectors from './connectors';
import * as fixes from './fixes';
import * as groups from './groups';
import * as rules from './import-rules';
import * as importRows from './import-rows';
import * as imports from './imports';
import * as keys from './keys';
import * as lines from './lines';
import * as members from './members';
import * as people from './people';
import * as push from './push';
import * as quality from './quality';
import * as query from './query';
import * as replacing from './replacing';
import * as templates from './templates';
import * as workspaces from './workspaces';

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'response' in value;

/** Every endpoint of the API, once. */
export const registry: Endpoint[] = [
  query,
  analyses,
  analysisShoppers,
  drill,
  lines,
  counted,
  members,
  groups,
  workspaces,
  keys,
  people,
  imports,
  importRows,
  fixes,
  replacing,
  rules,
  quality,
  templates,
  corrections,
  push,
  connectors,
  exports,
  audit,
].flatMap((module) => (Object.values(module) as unknown[]).filter(isEndpoint));

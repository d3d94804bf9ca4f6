// What access.contract.test.ts expects: which callers there are, and what opens for whom.

/** Written by hand: what is expected must not come from the code under test. A new endpoint is entered here. */
export const table: Record<string, Opens> = {
  runQuery: 'reads',
  readQuery: 'reads',
  runAnalysis: 'reads',
  readAnalysis: 'reads',
  listLines: 'reads',
  exportLines: 'reads',
  readLeaves: 'reads',
  listBaskets: 'reads',
  exportBaskets: 'reads',
  listShoppers: 'knows shoppers',
  exportShoppers: 'knows shoppers',
  listManufacturers: 'reads',
  listBrands: 'reads',
  getBrand: 'reads',
  listCategories: 'reads',
  listProducts: 'reads',
  listRegions: 'reads',
  listChannels: 'reads',
  listStores: 'reads',
  listAttributes: 'reads',
  listGroups: 'reads',
  createGroup: 'edits',
  changeGroup: 'edits',
  deleteGroup: 'edits',
  listWorkspaces: 'signed in',
  createWorkspace: 'person',
  getWorkspace: 'reads',
  updateCalendar: 'administers',
  updateBases: 'administers',
  verifyRollups: 'edits',
  listKeys: 'administers',
  createKey: 'administers',
  revokeKey: 'administers',
  listImports: 'reads',
  getImport: 'reads',
  listRejects: 'reads',
  downloadRejects: 'reads',
  uploadImport: 'loads',
  checkImport: 'loads',
  rereadImport: 'loads',
  publishImport: 'loads',
  revertImport: 'loads',
  discardImport: 'loads',
  pushTransactions: 'loads',
  listTemplates: 'reads',
  renameTemplate: 'edits',
  forgetTemplate: 'edits',
  listConnectors: 'administers',
  createConnector: 'administers',
  getConnector: 'administers',
  changeConnector: 'administers',
  deleteConnector: 'administers',
  runConnector: 'administers',
  listConnectorRuns: 'administers',
};

type Opens = 'reads' | 'knows shoppers' | 'loads' | 'edits' | 'administers' | 'signed in' | 'person';

export const callers = [
  ...(['nobody', 'forged cookie', 'garbage key', 'expired key', 'revoked key'] as const),
  ...(['viewer', 'analyst', 'admin', 'read key', 'import key', 'admin key'] as const),
] as const;
export type Caller = (typeof callers)[number];

/** Who comes in; whoever shows nothing that holds gets 401, everybody else 403. */
export const admitted: Record<Opens, readonly Caller[]> = {
  reads: ['viewer', 'analyst', 'admin', 'read key', 'import key', 'admin key'],
  loads: ['analyst', 'admin', 'import key', 'admin key'],
  edits: ['analyst', 'admin', 'admin key'],
  'knows shoppers': ['analyst', 'admin', 'admin key'],
  administers: ['admin', 'admin key'],
  'signed in': ['viewer', 'analyst', 'admin', 'read key', 'import key', 'admin key'],
  person: ['viewer', 'analyst', 'admin'],
};
export const unknown: readonly Caller[] = callers.slice(0, 5);

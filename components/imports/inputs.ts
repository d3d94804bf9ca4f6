export const importsPerPage = 25;

/** What the list of imports is asked with, by the server's first paint and the browser alike. */
export const importsInput = (workspace: string, cursor?: string) => ({
  query: { workspace, limit: importsPerPage, ...(cursor !== undefined && { cursor }) },
});

/** What the list of restatements is asked with, likewise. */
export const restatementsInput = (workspace: string, withNew = false) => ({
  query: { workspace, limit: 50, new: withNew ? ('true' as const) : ('false' as const) },
});

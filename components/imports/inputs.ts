export const importsPerPage = 25;

/** What the list of imports is asked with, by the server's first paint and the browser alike. */
export const importsInput = (workspace: string, cursor?: string) => ({
  query: { workspace, limit: importsPerPage, ...(cursor !== undefined && { cursor }) },
});

/** For a demo on one's own machine only: the server listens on this machine alone. */
export const demoUser = { email: 'demo@brandlens.example', name: 'Demo', password: 'brandlens-demo' };
export const demoWorkspace = { slug: 'demo', name: 'Demo' };

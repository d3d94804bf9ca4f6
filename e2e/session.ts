import { demoUser } from '../scripts/demo/user';

/** The demo user's session, made once by session.setup.ts and taken by every test that does not say otherwise. */
export const sessionFile = 'test-results/.session.json';

/** For tests of somebody who is not signed in. */
export const nobody = { cookies: [], origins: [] };

export const person = demoUser;

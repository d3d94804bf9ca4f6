/** Who may make an account now: anybody, only the first user of the installation, or nobody. */
export type SignUp = 'open' | 'first' | 'closed';

export const closedSignUp = 'New accounts are made by the people who run this installation. Ask them for one.';

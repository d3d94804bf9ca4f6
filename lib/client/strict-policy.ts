import { config } from 'zod';

// zod tries whether it may compile code, which the pages' content policy forbids and reports as an attack.
config({ jitless: true });

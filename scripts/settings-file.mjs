import { existsSync } from 'node:fs';

/** Reads .env.local and .env, so that commands and server agree; what is set already wins. */
export function readSettingsFile() {
  for (const name of ['.env.local', '.env']) if (existsSync(name)) process.loadEnvFile(name);
}

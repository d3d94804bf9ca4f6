import { existsSync } from 'node:fs';

/** Reads .env as Next.js does for the web server, so that commands and pages agree; what is set already wins. */
export function readSettingsFile(): void {
  for (const name of ['.env.local', '.env']) if (existsSync(name)) process.loadEnvFile(name);
}

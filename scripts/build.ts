import { endChildren, onEnd } from './children';
import { main } from './fault';
import { readSettingsFile } from './settings-file.mjs';
import { step } from './steps';
import { buildWeb } from './web/build';

// Builds .next/standalone, ready to be started or put into a container.

void main(async () => {
  onEnd(endChildren, 1);
  readSettingsFile();
  await step('Build the web server', () => buildWeb({}));
});

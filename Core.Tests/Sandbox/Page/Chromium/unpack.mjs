// Unpacks the browser of @sparticuz/chromium: the package keeps it compressed and inflates it into the folder for temporary files, which
// the caller sets. The libraries are those that a bare Linux lacks; the package itself unpacks them on Amazon's only.
import chromium, { inflate } from '@sparticuz/chromium';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

await chromium.executablePath();
await inflate(join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..', 'bin', 'al2023.tar.br'));

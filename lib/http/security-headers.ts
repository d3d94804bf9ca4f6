const everywhere = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

const api = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
};

const rule = (source: string, headers: Record<string, string>) => ({
  source,
  headers: Object.entries(headers).map(([key, value]) => ({ key, value })),
});

/** For every answer, also where no middleware is: uploads, health checks, files. A page's content policy has its nonce. */
export const headerRules = [rule('/:path*', everywhere), rule('/api/:path*', api)];

/** Where APP_URL says https, which only the running server knows. */
export const transportHeader = 'max-age=31536000; includeSubDomains';

interface PagePolicy {
  nonce: string;
  /** Development compiles in the browser and listens on a socket. */
  development: boolean;
  /** Where the browser may send error reports. */
  reportTo?: string | undefined;
}

/** Scripts run by nonce only. Styles may stand inline: the component library and the charts set them on elements. */
export function pagePolicy({ nonce, development, reportTo }: PagePolicy): string {
  const sources = {
    'default-src': ["'self'"],
    'script-src': ["'self'", `'nonce-${nonce}'`, ...(development ? ["'unsafe-eval'"] : [])],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'font-src': ["'self'", 'data:'],
    'connect-src': ["'self'", ...(development ? ['ws:'] : []), ...(reportTo ? [new URL(reportTo).origin] : [])],
    'worker-src': ["'self'", 'blob:'],
    'object-src': ["'none'"],
    'base-uri': ["'self'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  };
  return Object.entries(sources)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');
}

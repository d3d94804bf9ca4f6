import { keepStepsHere } from '@/lib/client/steps-back';
import '@/lib/client/strict-policy';

keepStepsHere();

const dsn = process.env.NEXT_PUBLIC_SENTRY_DSN;

// 58 KB that nobody downloads who reports no errors.
if (dsn) {
  void import('@sentry/nextjs').then(({ init }) =>
    init({
      dsn,
      tracesSampleRate: 0,
      dataCollection: {
        userInfo: false,
        cookies: false,
        httpHeaders: false,
        httpBodies: [],
        urlQueryParams: false,
      },
    }),
  );
}

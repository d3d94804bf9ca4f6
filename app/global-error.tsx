'use client';

// Stands in for the root layout itself, so it brings its own style and leans on nothing.
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body style={{ fontFamily: 'system-ui, sans-serif', display: 'grid', placeItems: 'center', minHeight: '90vh' }}>
        <main style={{ maxWidth: 440, padding: 24 }}>
          <h1 style={{ fontSize: 22 }}>Brandlens could not be shown</h1>
          <p>
            Something went wrong on our side. Your data is untouched.{error.digest && ` Reference ${error.digest}.`}
          </p>
          <button type="button" onClick={reset} style={{ padding: '8px 14px', font: 'inherit' }}>
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
